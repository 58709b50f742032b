import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type {
  ChangeRow,
  ConsentRow,
  Facts,
  FormRow,
  Id,
  LeadRow,
  MessageRow,
  PaperRow,
  PartyRole,
  ProposalRow,
  Side,
} from '../../core/deals/model.ts';
import { deal } from './deal.ts';

/** What people do through the portal, and what answers it. Synced: only ever gains columns (db/schema/synced-columns.json). */

const ofDeal = () =>
  text('deal_id')
    .notNull()
    .references(() => deal.id);

export const paper = sqliteTable(
  'paper',
  {
    id: text('id').primaryKey(),
    dealId: ofDeal(),
    sentById: text('sent_by_id'),
    aboutPersonIds: text('about_person_ids', { mode: 'json' }).$type<readonly Id[]>().notNull(),
    paidBySide: text('paid_by_side').$type<Side>(),
    sharedBy: text('shared_by').$type<PaperRow['sharedBy']>(),
    isRequiredByLender: integer('is_required_by_lender', { mode: 'boolean' }).notNull(),
    isWithOtherSide: integer('is_with_other_side', { mode: 'boolean' }).notNull(),
    sentWithRequestId: text('sent_with_request_id'),
    isDisbursementAuthorization: integer('is_disbursement_authorization', { mode: 'boolean' }).notNull(),
  },
  (table) => [index('paper_deal').on(table.dealId, table.id)],
);

export const change = sqliteTable(
  'change',
  {
    id: text('id').primaryKey(),
    dealId: ofDeal(),
    kind: text('kind').$type<ChangeRow['kind']>().notNull(),
    state: text('state').$type<ChangeRow['state']>().notNull(),
    requestedBy: text('requested_by').notNull(),
    side: text('side').$type<Side>().notNull(),
    terms: text('terms', { mode: 'json' }).$type<ChangeRow['terms']>().notNull(),
    facts: text('facts', { mode: 'json' }).$type<ChangeRow['facts']>().notNull(),
    reason: text('reason').notNull(),
    openedAt: text('opened_at'),
    expiresAt: text('expires_at'),
    periodEndsAt: text('period_ends_at'),
    approvals: text('approvals', { mode: 'json' }).$type<ChangeRow['approvals']>().notNull(),
    callBack: text('call_back', { mode: 'json' }).$type<NonNullable<ChangeRow['callBack']>>(),
    executedBy: text('executed_by'),
    log: text('log', { mode: 'json' }).$type<ChangeRow['log']>().notNull(),
    sentToOtherSideAt: text('sent_to_other_side_at'),
  },
  (table) => [
    index('change_deal').on(table.dealId, table.id),
    index('change_live').on(table.dealId).where(sql`state IN ('open', 'approved')`),
  ],
);

export const message = sqliteTable(
  'message',
  {
    id: text('id').primaryKey(),
    dealId: ofDeal(),
    personId: text('person_id').notNull(),
    aboutType: text('about_type').$type<MessageRow['aboutType']>().notNull(),
    aboutId: text('about_id').notNull(),
    body: text('body').notNull(),
    authorId: text('author_id').notNull(),
    writtenAt: text('written_at').notNull(),
    isSettled: integer('is_settled', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    index('message_deal').on(table.dealId, table.writtenAt, table.id),
    index('message_open').on(table.dealId).where(sql`is_settled = 0`),
  ],
);

export const reading = sqliteTable(
  'reading',
  {
    id: text('id').primaryKey(),
    dealId: ofDeal(),
    lineId: text('line_id').notNull(),
    versionId: text('version_id').notNull(),
    sha256: text('sha256').notNull(),
    personId: text('person_id').notNull(),
    askedAt: text('asked_at').notNull(),
    askedBy: text('asked_by').notNull(),
    acknowledgedAt: text('acknowledged_at'),
  },
  (table) => [index('reading_deal').on(table.dealId, table.id)],
);

export const proposal = sqliteTable(
  'proposal',
  {
    id: text('id').primaryKey(),
    dealId: ofDeal(),
    proposedBy: text('proposed_by').notNull(),
    role: text('role').$type<PartyRole>().notNull(),
    name: text('name').notNull(),
    company: text('company').notNull(),
    email: text('email').notNull(),
    phone: text('phone').notNull(),
    words: text('words').notNull(),
    proposedAt: text('proposed_at').notNull(),
    state: text('state').$type<ProposalRow['state']>().notNull(),
    decidedBy: text('decided_by'),
    decidedAt: text('decided_at'),
    reason: text('reason').notNull(),
    personId: text('person_id'),
  },
  (table) => [index('proposal_deal').on(table.dealId, table.id)],
);

export const form = sqliteTable(
  'form',
  {
    id: text('id').primaryKey(),
    dealId: ofDeal(),
    personId: text('person_id').notNull(),
    title: text('title').notNull(),
    questionIds: text('question_ids', { mode: 'json' }).$type<readonly string[]>().notNull(),
    state: text('state').$type<FormRow['state']>().notNull(),
    answers: text('answers', { mode: 'json' }).$type<Facts>().notNull(),
    askedBy: text('asked_by').notNull(),
    askedAt: text('asked_at').notNull(),
    sentAt: text('sent_at'),
    decidedAt: text('decided_at'),
    reason: text('reason').notNull(),
  },
  (table) => [index('form_deal').on(table.dealId, table.id)],
);

export const lead = sqliteTable(
  'lead',
  {
    id: text('id').primaryKey(),
    dealId: ofDeal(),
    intakeId: text('intake_id').notNull(),
    arrivedAt: text('arrived_at').notNull(),
    words: text('words').notNull(),
    state: text('state').$type<LeadRow['state']>().notNull(),
    decidedBy: text('decided_by'),
    decidedAt: text('decided_at'),
    reason: text('reason').notNull(),
    intoDealId: text('into_deal_id'),
  },
  (table) => [index('lead_deal').on(table.dealId, table.id), index('lead_state').on(table.state, table.arrivedAt)],
);

export const consent = sqliteTable(
  'consent',
  {
    id: text('id').primaryKey(),
    dealId: ofDeal(),
    byPersonId: text('by_person_id').notNull(),
    toId: text('to_id').notNull(),
    covers: text('covers').$type<ConsentRow['covers']>().notNull(),
    givenAt: text('given_at').notNull(),
    withdrawnAt: text('withdrawn_at'),
  },
  (table) => [index('consent_deal').on(table.dealId, table.id)],
);
