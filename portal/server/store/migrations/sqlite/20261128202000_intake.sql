CREATE TABLE intake_link (
  workspace_id TEXT NOT NULL REFERENCES workspace (workspace_id),
  link_id TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  note TEXT NOT NULL,
  max_uses INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  used_at TEXT,
  expires_at TEXT NOT NULL,
  revoked_at TEXT,
  PRIMARY KEY (workspace_id, link_id)
) STRICT;
CREATE UNIQUE INDEX intake_link_token ON intake_link (workspace_id, token_hash);
CREATE INDEX intake_link_made ON intake_link (workspace_id, made_at, link_id);

CREATE TABLE intake_draft (
  workspace_id TEXT NOT NULL,
  draft_id TEXT NOT NULL,
  link_id TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  resume_hash TEXT,
  answers_json TEXT NOT NULL,
  state TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  made_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  sent_at TEXT,
  PRIMARY KEY (workspace_id, draft_id),
  FOREIGN KEY (workspace_id, link_id) REFERENCES intake_link (workspace_id, link_id)
) STRICT;
CREATE UNIQUE INDEX intake_draft_key ON intake_draft (workspace_id, key_hash);
CREATE UNIQUE INDEX intake_draft_resume ON intake_draft (workspace_id, resume_hash);
CREATE INDEX intake_draft_link ON intake_draft (workspace_id, link_id, state);
CREATE INDEX intake_draft_updated ON intake_draft (workspace_id, updated_at);
