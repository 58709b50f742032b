CREATE TABLE sending_part (
  workspace_id TEXT COLLATE "C" NOT NULL,
  upload_id TEXT COLLATE "C" NOT NULL,
  deal_id TEXT COLLATE "C" NOT NULL,
  person_id TEXT COLLATE "C" NOT NULL,
  sending_id TEXT COLLATE "C" NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (workspace_id, upload_id)
);
CREATE INDEX sending_part_of ON sending_part (workspace_id, deal_id, person_id, sending_id, place, upload_id);
