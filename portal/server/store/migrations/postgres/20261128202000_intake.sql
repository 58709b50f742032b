CREATE TABLE intake_link (
  workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspace (workspace_id),
  link_id TEXT COLLATE "C" NOT NULL,
  token_hash TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL,
  note TEXT COLLATE "C" NOT NULL,
  max_uses BIGINT NOT NULL,
  uses BIGINT NOT NULL,
  used_at TEXT COLLATE "C",
  expires_at TEXT COLLATE "C" NOT NULL,
  revoked_at TEXT COLLATE "C",
  PRIMARY KEY (workspace_id, link_id)
);
CREATE UNIQUE INDEX intake_link_token ON intake_link (workspace_id, token_hash);
CREATE INDEX intake_link_made ON intake_link (workspace_id, made_at, link_id);

CREATE TABLE intake_draft (
  workspace_id TEXT COLLATE "C" NOT NULL,
  draft_id TEXT COLLATE "C" NOT NULL,
  link_id TEXT COLLATE "C" NOT NULL,
  key_hash TEXT COLLATE "C" NOT NULL,
  resume_hash TEXT COLLATE "C",
  answers_json TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  deal_id TEXT COLLATE "C" NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL,
  updated_at TEXT COLLATE "C" NOT NULL,
  sent_at TEXT COLLATE "C",
  PRIMARY KEY (workspace_id, draft_id),
  FOREIGN KEY (workspace_id, link_id) REFERENCES intake_link (workspace_id, link_id)
);
CREATE UNIQUE INDEX intake_draft_key ON intake_draft (workspace_id, key_hash);
CREATE UNIQUE INDEX intake_draft_resume ON intake_draft (workspace_id, resume_hash);
CREATE INDEX intake_draft_link ON intake_draft (workspace_id, link_id, state);
CREATE INDEX intake_draft_updated ON intake_draft (workspace_id, updated_at);
