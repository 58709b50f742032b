CREATE TABLE `attention` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`deal_id` text NOT NULL,
	`command_id` text NOT NULL,
	`name` text NOT NULL,
	`args` text NOT NULL,
	`at` text NOT NULL,
	`noted_at` text NOT NULL,
	`judged_by` text NOT NULL,
	`refusal_type` text NOT NULL,
	`sentence` text NOT NULL,
	`card_json` text,
	`overwrites_json` text,
	`settled_at` text,
	`settled` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `attention_open` ON `attention` (`noted_at`,`id`) WHERE settled_at IS NULL;--> statement-breakpoint
CREATE INDEX `attention_deal` ON `attention` (`deal_id`,`noted_at`);--> statement-breakpoint
CREATE TABLE `file_task` (
	`sha256` text NOT NULL,
	`deal_id` text NOT NULL,
	`way` text NOT NULL,
	`state` text NOT NULL,
	`bytes` integer NOT NULL,
	`done` integer NOT NULL,
	`name` text NOT NULL,
	`upload_url` text,
	`tries` integer NOT NULL,
	`next_at` text NOT NULL,
	`problem` text NOT NULL,
	PRIMARY KEY(`sha256`, `deal_id`, `way`)
);
--> statement-breakpoint
CREATE INDEX `file_task_next` ON `file_task` (`state`,`next_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`order_no` integer PRIMARY KEY NOT NULL,
	`command_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`name` text NOT NULL,
	`args` text NOT NULL,
	`at` text NOT NULL,
	`device_id` text,
	`seq` integer,
	`accepted_version` integer,
	`is_held` integer NOT NULL,
	`first_json` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_command_id_unique` ON `outbox` (`command_id`);--> statement-breakpoint
CREATE INDEX `outbox_deal` ON `outbox` (`deal_id`,`order_no`);--> statement-breakpoint
CREATE INDEX `outbox_open` ON `outbox` (`order_no`) WHERE accepted_version IS NULL;--> statement-breakpoint
CREATE TABLE `sent_log` (
	`order_no` integer PRIMARY KEY NOT NULL,
	`command_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`name` text NOT NULL,
	`args` text NOT NULL,
	`at` text NOT NULL,
	`device_id` text,
	`seq` integer,
	`accepted_version` integer,
	`first_json` text NOT NULL,
	`outcome` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sent_log_command_id_unique` ON `sent_log` (`command_id`);--> statement-breakpoint
CREATE INDEX `sent_log_device` ON `sent_log` (`device_id`,`seq`);--> statement-breakpoint
CREATE TABLE `sync_copy` (
	`unit_id` text NOT NULL,
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`version` integer NOT NULL,
	`row_json` text,
	PRIMARY KEY(`unit_id`, `table_name`, `row_id`)
);
--> statement-breakpoint
CREATE TABLE `sync_state` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sync_unit` (
	`unit_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`is_stale` integer NOT NULL,
	`is_gone` integer NOT NULL,
	`audit_count` integer NOT NULL,
	`audit_hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sync_wanted` (
	`unit_id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `command_log` ADD `number` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `command_log` ADD `accepted_at` text;--> statement-breakpoint
CREATE INDEX `command_log_history` ON `command_log` (`deal_id`,`number`,`seq`);--> statement-breakpoint
UPDATE `command_log` SET `number` = `seq`;--> statement-breakpoint
-- What was done before there was a portal goes to it like everything else. No other desktop knows these deals, so nothing
-- can be written over and `first` is not needed. Sample deals stay on this computer.
INSERT INTO `outbox` (`order_no`, `command_id`, `deal_id`, `name`, `args`, `at`, `is_held`, `first_json`)
SELECT `seq`, `command_id`, `deal_id`, `name`, `args`, `at`, 0, '[]' FROM `command_log`
WHERE `deal_id` NOT IN (SELECT `id` FROM `deal` WHERE `is_sample` = 1);
