CREATE TABLE store_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE workspace (
  workspace_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  made_at TEXT NOT NULL,
  head INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
  workspace_id TEXT NOT NULL REFERENCES workspace (workspace_id),
  member_id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  email TEXT NOT NULL,
  added_at TEXT NOT NULL,
  revoked_at TEXT,
  access_head INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, member_id)
) STRICT;
CREATE INDEX member_email ON member (workspace_id, email);

CREATE TABLE deal_member (
  workspace_id TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  is_revoked INTEGER NOT NULL,
  head INTEGER NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (workspace_id, deal_id, member_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, member_id)
) STRICT;
CREATE INDEX deal_member_head ON deal_member (workspace_id, member_id, head);

CREATE TABLE device (
  workspace_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  name TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  enrolled_at TEXT NOT NULL,
  last_seq INTEGER NOT NULL,
  seen_at TEXT,
  revoked_at TEXT,
  PRIMARY KEY (workspace_id, device_id),
  FOREIGN KEY (workspace_id, member_id) REFERENCES member (workspace_id, member_id)
) STRICT;
CREATE UNIQUE INDEX device_key ON device (workspace_id, key_hash);
CREATE INDEX device_member ON device (workspace_id, member_id, device_id);

CREATE TABLE code (
  workspace_id TEXT NOT NULL,
  code_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  address TEXT NOT NULL,
  browser_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  tries_left INTEGER NOT NULL,
  used_at TEXT,
  PRIMARY KEY (workspace_id, code_id)
) STRICT;
CREATE INDEX code_hash ON code (workspace_id, kind, hash);
CREATE INDEX code_subject ON code (workspace_id, kind, subject, made_at);
CREATE INDEX code_expiry ON code (workspace_id, expires_at);

CREATE TABLE unit (
  workspace_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  head INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, unit_id)
) STRICT;
CREATE UNIQUE INDEX unit_head ON unit (workspace_id, head);

CREATE TABLE unit_row (
  workspace_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  table_name TEXT NOT NULL,
  row_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  is_deleted INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  row_json TEXT NOT NULL,
  PRIMARY KEY (workspace_id, unit_id, table_name, row_id)
) STRICT;
CREATE UNIQUE INDEX unit_row_page ON unit_row (workspace_id, unit_id, version, table_name, row_id, bytes);

CREATE TABLE command (
  workspace_id TEXT NOT NULL,
  log_no INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  device_id TEXT,
  name TEXT NOT NULL,
  args_json TEXT NOT NULL,
  made_at TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  digest TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reply_json TEXT NOT NULL,
  changes_json TEXT NOT NULL,
  label TEXT NOT NULL,
  unit_version INTEGER,
  undone_by TEXT,
  PRIMARY KEY (workspace_id, log_no)
) STRICT;
CREATE UNIQUE INDEX command_id ON command (workspace_id, command_id);
CREATE INDEX command_unit ON command (workspace_id, unit_id, log_no);

CREATE TABLE receipt (
  workspace_id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  command_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  reply_json TEXT NOT NULL,
  PRIMARY KEY (workspace_id, device_id, seq),
  FOREIGN KEY (workspace_id, device_id) REFERENCES device (workspace_id, device_id)
) STRICT;

CREATE TABLE audit (
  workspace_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  details_json TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (workspace_id, unit_id, n)
) STRICT;
CREATE INDEX audit_kind ON audit (workspace_id, unit_id, kind, n);
-- Append-only here too, so that a slip of ours is stopped by the database. Whoever holds the file can still edit it:
-- that is what the chain is for.
CREATE TRIGGER audit_keep_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_keep_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TABLE link (
  workspace_id TEXT NOT NULL,
  link_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  address TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  second_step TEXT NOT NULL,
  word_hash TEXT NOT NULL,
  may_download INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  revoked_at TEXT,
  used_at TEXT,
  PRIMARY KEY (workspace_id, link_id)
) STRICT;
CREATE UNIQUE INDEX link_token ON link (workspace_id, token_hash);
CREATE INDEX link_deal ON link (workspace_id, deal_id, made_at, link_id);

CREATE TABLE person_session (
  workspace_id TEXT NOT NULL,
  session_hash TEXT NOT NULL,
  link_id TEXT NOT NULL,
  browser_hash TEXT NOT NULL,
  made_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  confirmed_at TEXT,
  ends_at TEXT NOT NULL,
  revoked_at TEXT,
  PRIMARY KEY (workspace_id, session_hash),
  FOREIGN KEY (workspace_id, link_id) REFERENCES link (workspace_id, link_id)
) STRICT;
CREATE INDEX person_session_link ON person_session (workspace_id, link_id);
CREATE INDEX person_session_end ON person_session (workspace_id, ends_at);

CREATE TABLE blob (
  workspace_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  kind TEXT NOT NULL,
  scan TEXT NOT NULL,
  added_at TEXT NOT NULL,
  checked_at TEXT NOT NULL,
  trashed_at TEXT,
  PRIMARY KEY (workspace_id, sha256)
) STRICT;
CREATE INDEX blob_checked ON blob (workspace_id, checked_at, sha256);
CREATE INDEX blob_bytes ON blob (workspace_id, bytes);

CREATE TABLE file_ref (
  workspace_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  row_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (workspace_id, unit_id, row_id)
) STRICT;
CREATE INDEX file_ref_sha ON file_ref (workspace_id, sha256, unit_id);

CREATE TABLE upload (
  workspace_id TEXT NOT NULL,
  upload_id TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  received INTEGER NOT NULL,
  state TEXT NOT NULL,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (workspace_id, upload_id)
) STRICT;
CREATE INDEX upload_state ON upload (workspace_id, state, expires_at, bytes);
CREATE INDEX upload_sha ON upload (workspace_id, sha256, state);

CREATE TABLE job (
  workspace_id TEXT NOT NULL,
  job_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  same_key TEXT NOT NULL,
  payload_json TEXT NOT NULL,
  state TEXT NOT NULL,
  run_at TEXT NOT NULL,
  tries INTEGER NOT NULL,
  owner TEXT,
  problem TEXT NOT NULL,
  PRIMARY KEY (workspace_id, job_id)
) STRICT;
CREATE UNIQUE INDEX job_same ON job (workspace_id, kind, same_key);
CREATE INDEX job_due ON job (workspace_id, state, run_at, job_id);
CREATE INDEX job_due_anywhere ON job (state, run_at, workspace_id);

CREATE TABLE mail (
  workspace_id TEXT NOT NULL,
  mail_id TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  body_json TEXT NOT NULL,
  state TEXT NOT NULL,
  release_at TEXT NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  tries INTEGER NOT NULL,
  owner TEXT,
  problem TEXT NOT NULL,
  sent_at TEXT,
  PRIMARY KEY (workspace_id, mail_id)
) STRICT;
CREATE INDEX mail_due ON mail (workspace_id, state, release_at, mail_id);
CREATE INDEX mail_due_anywhere ON mail (state, release_at, workspace_id);
CREATE INDEX mail_deal ON mail (workspace_id, deal_id, made_at, mail_id);

CREATE TABLE limit_count (
  workspace_id TEXT NOT NULL,
  key TEXT NOT NULL,
  until_ms INTEGER NOT NULL,
  hits INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, key)
) STRICT;
CREATE INDEX limit_count_end ON limit_count (workspace_id, until_ms);

CREATE TABLE lease (
  workspace_id TEXT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  until_ms INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, name)
) STRICT;
