-- Text is ordered by its bytes, whatever the order of this database is: pages and cursors must read the same everywhere.
CREATE TABLE store_meta (key TEXT COLLATE "C" PRIMARY KEY, value TEXT COLLATE "C" NOT NULL);

CREATE TABLE workspace (
  workspace_id TEXT COLLATE "C" PRIMARY KEY,
  name TEXT COLLATE "C" NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL,
  head BIGINT NOT NULL
);

CREATE TABLE member (
  workspace_id TEXT COLLATE "C" NOT NULL REFERENCES workspace (workspace_id),
  member_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  email TEXT COLLATE "C" NOT NULL,
  added_at TEXT COLLATE "C" NOT NULL,
  revoked_at TEXT COLLATE "C",
  access_head BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, member_id)
);
CREATE INDEX member_email ON member (workspace_id, email);

CREATE TABLE deal_member (
  workspace_id TEXT COLLATE "C" NOT NULL,
  deal_id TEXT COLLATE "C" NOT NULL,
  member_id TEXT COLLATE "C" NOT NULL,
  is_revoked BIGINT NOT NULL,
  head BIGINT NOT NULL,
  changed_at TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, deal_id, member_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, member_id)
);
CREATE INDEX deal_member_head ON deal_member (workspace_id, member_id, head);

CREATE TABLE device (
  workspace_id TEXT COLLATE "C" NOT NULL,
  device_id TEXT COLLATE "C" NOT NULL,
  member_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  key_hash TEXT COLLATE "C" NOT NULL,
  enrolled_at TEXT COLLATE "C" NOT NULL,
  last_seq BIGINT NOT NULL,
  seen_at TEXT COLLATE "C",
  revoked_at TEXT COLLATE "C",
  PRIMARY KEY (workspace_id, device_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, member_id)
);
CREATE UNIQUE INDEX device_key ON device (workspace_id, key_hash);
CREATE INDEX device_member ON device (workspace_id, member_id, device_id);

CREATE TABLE code (
  workspace_id TEXT COLLATE "C" NOT NULL,
  code_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  browser_hash TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL,
  expires_at TEXT COLLATE "C" NOT NULL,
  tries_left BIGINT NOT NULL,
  used_at TEXT COLLATE "C",
  PRIMARY KEY (workspace_id, code_id)
);
CREATE INDEX code_hash ON code (workspace_id, kind, hash);
CREATE INDEX code_subject ON code (workspace_id, kind, subject, made_at);
CREATE INDEX code_expiry ON code (workspace_id, expires_at);

CREATE TABLE unit (
  workspace_id TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  head BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, unit_id)
);
CREATE UNIQUE INDEX unit_head ON unit (workspace_id, head);

CREATE TABLE unit_row (
  workspace_id TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL,
  table_name TEXT COLLATE "C" NOT NULL,
  row_id TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  is_deleted BIGINT NOT NULL,
  command_id TEXT COLLATE "C" NOT NULL,
  bytes BIGINT NOT NULL,
  row_json TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, unit_id, table_name, row_id)
);
CREATE UNIQUE INDEX unit_row_page ON unit_row (workspace_id, unit_id, version, table_name, row_id, bytes);

CREATE TABLE command (
  workspace_id TEXT COLLATE "C" NOT NULL,
  log_no BIGINT NOT NULL,
  command_id TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  device_id TEXT COLLATE "C",
  name TEXT COLLATE "C" NOT NULL,
  args_json TEXT COLLATE "C" NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL,
  decided_at TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  outcome TEXT COLLATE "C" NOT NULL,
  reply_json TEXT COLLATE "C" NOT NULL,
  changes_json TEXT COLLATE "C" NOT NULL,
  label TEXT COLLATE "C" NOT NULL,
  unit_version BIGINT,
  undone_by TEXT COLLATE "C",
  PRIMARY KEY (workspace_id, log_no)
);
CREATE UNIQUE INDEX command_id ON command (workspace_id, command_id);
CREATE INDEX command_unit ON command (workspace_id, unit_id, log_no);

CREATE TABLE receipt (
  workspace_id TEXT COLLATE "C" NOT NULL,
  device_id TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  command_id TEXT COLLATE "C" NOT NULL,
  digest TEXT COLLATE "C" NOT NULL,
  reply_json TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, device_id, seq),
  FOREIGN KEY (workspace_id, device_id) REFERENCES device (workspace_id, device_id)
);

CREATE TABLE audit (
  workspace_id TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL,
  n BIGINT NOT NULL,
  at TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  details_json TEXT COLLATE "C" NOT NULL,
  hash TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, unit_id, n)
);
CREATE INDEX audit_kind ON audit (workspace_id, unit_id, kind, n);
-- Append-only here too, so that a slip of ours is stopped by the database. Whoever holds the file can still edit it:
-- that is what the chain is for.
CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is append-only';
END $$;
CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_keep();

CREATE TABLE link (
  workspace_id TEXT COLLATE "C" NOT NULL,
  link_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  deal_id TEXT COLLATE "C" NOT NULL,
  person_id TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  token_hash TEXT COLLATE "C" NOT NULL,
  second_step TEXT COLLATE "C" NOT NULL,
  word_hash TEXT COLLATE "C" NOT NULL,
  may_download BIGINT NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL,
  expires_at TEXT COLLATE "C" NOT NULL,
  revoked_at TEXT COLLATE "C",
  used_at TEXT COLLATE "C",
  PRIMARY KEY (workspace_id, link_id)
);
CREATE UNIQUE INDEX link_token ON link (workspace_id, token_hash);
CREATE INDEX link_deal ON link (workspace_id, deal_id, made_at, link_id);

CREATE TABLE person_session (
  workspace_id TEXT COLLATE "C" NOT NULL,
  session_hash TEXT COLLATE "C" NOT NULL,
  link_id TEXT COLLATE "C" NOT NULL,
  browser_hash TEXT COLLATE "C" NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL,
  seen_at TEXT COLLATE "C" NOT NULL,
  confirmed_at TEXT COLLATE "C",
  ends_at TEXT COLLATE "C" NOT NULL,
  revoked_at TEXT COLLATE "C",
  PRIMARY KEY (workspace_id, session_hash),
  FOREIGN KEY (workspace_id, link_id) REFERENCES link (workspace_id, link_id)
);
CREATE INDEX person_session_link ON person_session (workspace_id, link_id);
CREATE INDEX person_session_end ON person_session (workspace_id, ends_at);

CREATE TABLE blob (
  workspace_id TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  bytes BIGINT NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  scan TEXT COLLATE "C" NOT NULL,
  added_at TEXT COLLATE "C" NOT NULL,
  checked_at TEXT COLLATE "C" NOT NULL,
  trashed_at TEXT COLLATE "C",
  PRIMARY KEY (workspace_id, sha256)
);
CREATE INDEX blob_checked ON blob (workspace_id, checked_at, sha256);
CREATE INDEX blob_bytes ON blob (workspace_id, bytes);

CREATE TABLE file_ref (
  workspace_id TEXT COLLATE "C" NOT NULL,
  unit_id TEXT COLLATE "C" NOT NULL,
  row_id TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, unit_id, row_id)
);
CREATE INDEX file_ref_sha ON file_ref (workspace_id, sha256, unit_id);

CREATE TABLE upload (
  workspace_id TEXT COLLATE "C" NOT NULL,
  upload_id TEXT COLLATE "C" NOT NULL,
  deal_id TEXT COLLATE "C" NOT NULL,
  actor TEXT COLLATE "C" NOT NULL,
  file_name TEXT COLLATE "C" NOT NULL,
  sha256 TEXT COLLATE "C" NOT NULL,
  bytes BIGINT NOT NULL,
  received BIGINT NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL,
  expires_at TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, upload_id)
);
CREATE INDEX upload_state ON upload (workspace_id, state, expires_at, bytes);
CREATE INDEX upload_sha ON upload (workspace_id, sha256, state);

CREATE TABLE job (
  workspace_id TEXT COLLATE "C" NOT NULL,
  job_id TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL,
  same_key TEXT COLLATE "C" NOT NULL,
  payload_json TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  run_at TEXT COLLATE "C" NOT NULL,
  tries BIGINT NOT NULL,
  owner TEXT COLLATE "C",
  problem TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace_id, job_id)
);
CREATE UNIQUE INDEX job_same ON job (workspace_id, kind, same_key);
CREATE INDEX job_due ON job (workspace_id, state, run_at, job_id);
CREATE INDEX job_due_anywhere ON job (state, run_at, workspace_id);

CREATE TABLE mail (
  workspace_id TEXT COLLATE "C" NOT NULL,
  mail_id TEXT COLLATE "C" NOT NULL,
  deal_id TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL,
  body_json TEXT COLLATE "C" NOT NULL,
  state TEXT COLLATE "C" NOT NULL,
  release_at TEXT COLLATE "C" NOT NULL,
  made_at TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL,
  tries BIGINT NOT NULL,
  owner TEXT COLLATE "C",
  problem TEXT COLLATE "C" NOT NULL,
  sent_at TEXT COLLATE "C",
  PRIMARY KEY (workspace_id, mail_id)
);
CREATE INDEX mail_due ON mail (workspace_id, state, release_at, mail_id);
CREATE INDEX mail_due_anywhere ON mail (state, release_at, workspace_id);
CREATE INDEX mail_deal ON mail (workspace_id, deal_id, made_at, mail_id);

CREATE TABLE limit_count (
  workspace_id TEXT COLLATE "C" NOT NULL,
  key TEXT COLLATE "C" NOT NULL,
  until_ms BIGINT NOT NULL,
  hits BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, key)
);
CREATE INDEX limit_count_end ON limit_count (workspace_id, until_ms);

CREATE TABLE lease (
  workspace_id TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL,
  until_ms BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
