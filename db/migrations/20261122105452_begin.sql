CREATE TABLE `deal` (
	`id` text PRIMARY KEY NOT NULL,
	`street` text NOT NULL,
	`unit` text NOT NULL,
	`city` text NOT NULL,
	`state` text NOT NULL,
	`zip` text NOT NULL,
	`side` text NOT NULL,
	`scenario` text NOT NULL,
	`pack_id` text NOT NULL,
	`pack_revision` text NOT NULL,
	`template_id` text NOT NULL,
	`template_version` integer NOT NULL,
	`stage` text NOT NULL,
	`stage_since` text NOT NULL,
	`owner_id` text NOT NULL,
	`price_cents` integer,
	`facts` text NOT NULL,
	`opened_at` text NOT NULL,
	`closed_on` text,
	`outcome` text,
	`outcome_reason` text NOT NULL,
	`is_sample` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `deal_zip` ON `deal` (`zip`);--> statement-breakpoint
CREATE INDEX `deal_sample` ON `deal` (`id`) WHERE is_sample = 1;--> statement-breakpoint
CREATE TABLE `task` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`stage` text NOT NULL,
	`title` text NOT NULL,
	`client_title` text NOT NULL,
	`assignee_role` text NOT NULL,
	`assignee_id` text,
	`due_on` text,
	`due_rule` text,
	`is_required` integer NOT NULL,
	`depends_on` text NOT NULL,
	`position` integer NOT NULL,
	`template_task_id` text,
	`done_on` text,
	`done_by` text,
	`waived_on` text,
	`waiver_reason` text NOT NULL,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `task_deal` ON `task` (`deal_id`,`position`,`id`);--> statement-breakpoint
CREATE INDEX `task_open_due` ON `task` (`due_on`,`deal_id`,`done_on`,`waived_on`) WHERE done_on IS NULL AND waived_on IS NULL AND due_on IS NOT NULL;--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`company` text NOT NULL,
	`email` text NOT NULL,
	`phone` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_deal` ON `person` (`deal_id`,`position`,`id`);--> statement-breakpoint
CREATE TABLE `note` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`body` text NOT NULL,
	`author_id` text NOT NULL,
	`written_at` text NOT NULL,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `note_deal` ON `note` (`deal_id`,`written_at`,`id`);--> statement-breakpoint
CREATE TABLE `anchor` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`name` text NOT NULL,
	`on_day` text NOT NULL,
	`evidence` text NOT NULL,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `anchor_deal` ON `anchor` (`deal_id`,`id`);--> statement-breakpoint
CREATE TABLE `summary` (
	`deal_id` text PRIMARY KEY NOT NULL,
	`plate` text NOT NULL,
	`street_name` text NOT NULL,
	`client_names` text NOT NULL,
	`closing_on` text,
	`next_task_id` text,
	`next_title` text NOT NULL,
	`next_on` text,
	`next_role` text,
	`next_assignee_id` text,
	`next_state` text,
	`missing` integer NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`search_text` text NOT NULL,
	`stage` text NOT NULL,
	`owner_id` text NOT NULL,
	`side` text NOT NULL,
	`state` text NOT NULL,
	`is_active` integer NOT NULL,
	`sort_on` text NOT NULL,
	`sort_street` text NOT NULL,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `summary_board` ON `summary` (`stage`,`sort_on`,`sort_street`,`deal_id`) WHERE is_active = 1;--> statement-breakpoint
CREATE INDEX `summary_board_owner` ON `summary` (`owner_id`,`stage`,`sort_on`,`sort_street`,`deal_id`) WHERE is_active = 1;--> statement-breakpoint
CREATE INDEX `summary_next` ON `summary` (`next_on`,`deal_id`,`is_active`) WHERE is_active = 1;--> statement-breakpoint
CREATE INDEX `summary_plate` ON `summary` (`plate`);--> statement-breakpoint
CREATE INDEX `summary_search` ON `summary` (`search_text`,`is_active`,`deal_id`);--> statement-breakpoint
CREATE TABLE `change_log` (
	`seq` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`table_name` text NOT NULL,
	`row_id` text NOT NULL,
	`op` text NOT NULL,
	`set_json` text,
	`was_json` text,
	PRIMARY KEY(`seq`, `ordinal`),
	FOREIGN KEY (`seq`) REFERENCES `command_log`(`seq`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `change_log_row` ON `change_log` (`table_name`,`row_id`,`seq`);--> statement-breakpoint
CREATE TABLE `command_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`command_id` text NOT NULL,
	`deal_id` text NOT NULL,
	`name` text NOT NULL,
	`args` text NOT NULL,
	`actor_id` text NOT NULL,
	`at` text NOT NULL,
	`label` text NOT NULL,
	`changes` integer NOT NULL,
	`undone_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `command_log_command_id_unique` ON `command_log` (`command_id`);--> statement-breakpoint
CREATE INDEX `command_log_deal` ON `command_log` (`deal_id`,`seq`);--> statement-breakpoint
CREATE TABLE `member` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`email` text NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
