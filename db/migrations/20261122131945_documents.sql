CREATE TABLE `line` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`template_document_id` text,
	`title` text NOT NULL,
	`client_title` text NOT NULL,
	`stage` text NOT NULL,
	`owner_role` text NOT NULL,
	`class` text NOT NULL,
	`condition` text NOT NULL,
	`is_required` integer NOT NULL,
	`is_legal` integer NOT NULL,
	`position` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `line_deal` ON `line` (`deal_id`,`position`,`id`);--> statement-breakpoint
CREATE TABLE `version` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`line_id` text NOT NULL,
	`number` integer NOT NULL,
	`suffix` text,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`extension` text NOT NULL,
	`original_name` text NOT NULL,
	`document_on` text NOT NULL,
	`received_at` text NOT NULL,
	`sent_by` text NOT NULL,
	`is_held` integer NOT NULL,
	`verdict` text,
	`verdict_reason` text NOT NULL,
	`verdict_on` text,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`line_id`) REFERENCES `line`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `version_deal` ON `version` (`deal_id`,`line_id`,`number`,`id`);--> statement-breakpoint
CREATE INDEX `version_sha` ON `version` (`sha256`);--> statement-breakpoint
CREATE TABLE `arrival` (
	`id` text PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	`source` text NOT NULL,
	`parent_id` text,
	`folder_id` text,
	`rel_path` text NOT NULL,
	`file_name` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`kind` text NOT NULL,
	`extension` text NOT NULL,
	`pages` integer,
	`state` text NOT NULL,
	`sentence` text NOT NULL,
	`sender_name` text NOT NULL,
	`sender_address` text NOT NULL,
	`subject` text NOT NULL,
	`hint_deal_id` text,
	`hint_line_id` text,
	`proposal` text,
	`deal_id` text,
	`line_id` text,
	`version_id` text,
	`command_id` text,
	`decided_at` text,
	`decided_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `arrival_open` ON `arrival` (`at`,`id`) WHERE state IN ('reading', 'new', 'held', 'refused');--> statement-breakpoint
CREATE INDEX `arrival_reading` ON `arrival` (`at`,`id`) WHERE state = 'reading';--> statement-breakpoint
CREATE INDEX `arrival_done` ON `arrival` (`decided_at`,`id`) WHERE decided_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `arrival_sha` ON `arrival` (`sha256`);--> statement-breakpoint
CREATE INDEX `arrival_parent` ON `arrival` (`parent_id`);--> statement-breakpoint
CREATE INDEX `arrival_command` ON `arrival` (`command_id`);--> statement-breakpoint
CREATE TABLE `blob` (
	`sha256` text PRIMARY KEY NOT NULL,
	`bytes` integer NOT NULL,
	`kind` text NOT NULL,
	`extension` text NOT NULL,
	`pages` integer,
	`added_at` text NOT NULL,
	`checked_at` text,
	`trashed_at` text,
	`reading` text NOT NULL,
	`sentence` text NOT NULL,
	`opened_sha256` text
);
--> statement-breakpoint
CREATE INDEX `blob_reading` ON `blob` (`added_at`) WHERE reading = 'waiting';--> statement-breakpoint
CREATE INDEX `blob_trashed` ON `blob` (`trashed_at`) WHERE trashed_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `deal_folder` (
	`deal_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `deal_folder_file` (
	`deal_id` text NOT NULL,
	`version_id` text NOT NULL,
	`entry` text NOT NULL,
	PRIMARY KEY(`deal_id`, `version_id`)
);
--> statement-breakpoint
CREATE TABLE `file_text` (
	`sha256` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `watch_folder` (
	`id` text PRIMARY KEY NOT NULL,
	`path` text NOT NULL,
	`policy` text NOT NULL,
	`is_paused` integer NOT NULL,
	`may_file_alone` integer NOT NULL,
	`may_hydrate` integer NOT NULL,
	`rules` text NOT NULL,
	`added_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `watch_seen` (
	`folder_id` text NOT NULL,
	`rel_path` text NOT NULL,
	`dev` text NOT NULL,
	`ino` text NOT NULL,
	`bytes` integer NOT NULL,
	`mtime_ms` real NOT NULL,
	`sha256` text,
	`state` text NOT NULL,
	`detail` text,
	PRIMARY KEY(`folder_id`, `rel_path`)
);
--> statement-breakpoint
CREATE INDEX `watch_seen_identity` ON `watch_seen` (`folder_id`,`dev`,`ino`);