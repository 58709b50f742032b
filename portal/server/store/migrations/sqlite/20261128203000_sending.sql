CREATE TABLE sending_part (
  workspace_id TEXT NOT NULL,
  upload_id TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  sending_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (workspace_id, upload_id)
) STRICT;
CREATE INDEX sending_part_of ON sending_part (workspace_id, deal_id, person_id, sending_id, place, upload_id);
