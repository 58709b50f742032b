CREATE TABLE `search_entry` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`ref_id` text NOT NULL,
	`deal_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_entry_ref` ON `search_entry` (`ref_id`,`kind`);--> statement-breakpoint
CREATE INDEX `search_entry_deal` ON `search_entry` (`deal_id`);--> statement-breakpoint
CREATE VIRTUAL TABLE `search_title` USING fts5(
	text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_text` USING fts5(
	text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
