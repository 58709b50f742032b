CREATE TABLE `change` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`requested_by` text NOT NULL,
	`side` text NOT NULL,
	`terms` text NOT NULL,
	`facts` text NOT NULL,
	`reason` text NOT NULL,
	`opened_at` text,
	`expires_at` text,
	`period_ends_at` text,
	`approvals` text NOT NULL,
	`call_back` text,
	`executed_by` text,
	`log` text NOT NULL,
	`sent_to_other_side_at` text,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `change_deal` ON `change` (`deal_id`,`id`);--> statement-breakpoint
CREATE TABLE `consent` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`by_person_id` text NOT NULL,
	`to_id` text NOT NULL,
	`covers` text NOT NULL,
	`given_at` text NOT NULL,
	`withdrawn_at` text,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consent_deal` ON `consent` (`deal_id`,`id`);--> statement-breakpoint
CREATE TABLE `form` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`person_id` text NOT NULL,
	`title` text NOT NULL,
	`question_ids` text NOT NULL,
	`state` text NOT NULL,
	`answers` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` text NOT NULL,
	`sent_at` text,
	`decided_at` text,
	`reason` text NOT NULL,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `form_deal` ON `form` (`deal_id`,`id`);--> statement-breakpoint
CREATE TABLE `lead` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`intake_id` text NOT NULL,
	`arrived_at` text NOT NULL,
	`words` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`reason` text NOT NULL,
	`into_deal_id` text,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lead_deal` ON `lead` (`deal_id`,`id`);--> statement-breakpoint
CREATE INDEX `lead_state` ON `lead` (`state`,`arrived_at`);--> statement-breakpoint
CREATE TABLE `message` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`person_id` text NOT NULL,
	`about_type` text NOT NULL,
	`about_id` text NOT NULL,
	`body` text NOT NULL,
	`author_id` text NOT NULL,
	`written_at` text NOT NULL,
	`is_settled` integer NOT NULL,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `message_deal` ON `message` (`deal_id`,`written_at`,`id`);--> statement-breakpoint
CREATE TABLE `paper` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`sent_by_id` text,
	`about_person_ids` text NOT NULL,
	`paid_by_side` text,
	`shared_by` text,
	`is_required_by_lender` integer NOT NULL,
	`is_with_other_side` integer NOT NULL,
	`sent_with_request_id` text,
	`is_disbursement_authorization` integer NOT NULL,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `paper_deal` ON `paper` (`deal_id`,`id`);--> statement-breakpoint
CREATE TABLE `proposal` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`proposed_by` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`company` text NOT NULL,
	`email` text NOT NULL,
	`phone` text NOT NULL,
	`words` text NOT NULL,
	`proposed_at` text NOT NULL,
	`state` text NOT NULL,
	`decided_by` text,
	`decided_at` text,
	`reason` text NOT NULL,
	`person_id` text,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `proposal_deal` ON `proposal` (`deal_id`,`id`);--> statement-breakpoint
CREATE TABLE `reading` (
	`id` text PRIMARY KEY NOT NULL,
	`deal_id` text NOT NULL,
	`line_id` text NOT NULL,
	`version_id` text NOT NULL,
	`sha256` text NOT NULL,
	`person_id` text NOT NULL,
	`asked_at` text NOT NULL,
	`asked_by` text NOT NULL,
	`acknowledged_at` text,
	FOREIGN KEY (`deal_id`) REFERENCES `deal`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reading_deal` ON `reading` (`deal_id`,`id`);