CREATE TABLE invitation (
  workspace_id TEXT NOT NULL REFERENCES workspace (workspace_id),
  invitation_id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  ended_at TEXT,
  PRIMARY KEY (workspace_id, invitation_id)
) STRICT;
