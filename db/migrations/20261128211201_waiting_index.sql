CREATE INDEX `change_live` ON `change` (`deal_id`) WHERE state IN ('open', 'approved');--> statement-breakpoint
CREATE INDEX `message_open` ON `message` (`deal_id`) WHERE is_settled = 0;