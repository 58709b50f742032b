ALTER TABLE `arrival` ADD `before` text;--> statement-breakpoint
CREATE INDEX `arrival_held` ON `arrival` (`at`,`id`) WHERE state = 'held';--> statement-breakpoint
CREATE INDEX `line_review` ON `line` (`deal_id`,`id`) WHERE state IN ('received', 'needs-review');--> statement-breakpoint
CREATE INDEX `version_held` ON `version` (`line_id`,`number`) WHERE is_held = 1;--> statement-breakpoint
CREATE INDEX `blob_opened` ON `blob` (`opened_sha256`) WHERE opened_sha256 IS NOT NULL;