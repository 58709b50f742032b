CREATE TABLE `milestone` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`deadline_id` text NOT NULL,
	`state` text NOT NULL,
	`state_on` text,
	`days` integer,
	`on_day` text,
	`reason` text NOT NULL,
	`document_id` text,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `milestone_deal` ON `milestone` (`deal_id`,`id`);--> statement-breakpoint
ALTER TABLE `task` ADD `short` text DEFAULT '' NOT NULL;