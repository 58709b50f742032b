-- Whether the end of a link moves with the closing date; one with a chosen last day stays where it was put.
ALTER TABLE link ADD COLUMN is_tied_to_closing INTEGER NOT NULL DEFAULT 1;
