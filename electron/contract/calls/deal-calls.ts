import { z } from 'zod';
import { NewDatesInput, NewDatesReply, PreviewInput, PreviewReply } from '../impact.ts';
import { SEARCH_KINDS, SearchHit } from '../papers.ts';
import { AttentionChoice, AttentionItem } from '../sync.ts';
import {
  ActivityEntry,
  BoardFilter,
  Column,
  CommandReply,
  Day,
  DealView,
  Found,
  Id,
  Profile,
  RecordsState,
  Settings,
  Stage,
  StateForm,
  TodayItem,
} from '../values.ts';
import { backend, type Call, Done, Job, Nothing } from './call.ts';

/** The records, the board, deals and the steps that change them. */
export const dealCalls = {
  'records:state': backend(Nothing, RecordsState),
  /** Puts a backup back; the damaged records are set aside, never deleted. */
  'records:restore': backend(z.object({ backupId: z.string().max(300) }).strict(), RecordsState),
  'records:retry': backend(Nothing, RecordsState),

  'workspace:get': backend(
    Nothing,
    z.object({
      profile: Profile,
      settings: Settings,
      forms: z.array(StateForm),
      members: z.array(z.object({ id: Id, name: z.string() })),
      dealCount: z.int(),
      sampleCount: z.int(),
      today: Day,
    }),
  ),
  'workspace:save-profile': backend(
    z.object({ name: z.string().trim().min(1).max(120), office: z.string().trim().max(120) }).strict(),
    Profile,
  ),
  'workspace:save-settings': backend(Settings.partial().strict(), Settings),

  'board:columns': backend(
    z.object({ filter: BoardFilter, limit: z.int().min(1).max(200) }).strict(),
    z.object({ columns: z.array(Column), total: z.int() }),
  ),
  'board:column': backend(
    z
      .object({
        stage: Stage,
        filter: BoardFilter,
        after: z.string().max(500).optional(),
        limit: z.int().min(1).max(500),
      })
      .strict(),
    Column,
  ),

  'today:list': backend(Nothing, z.object({ items: z.array(TodayItem), quietDeals: z.int() })),

  'deals:get': backend(z.object({ dealId: Id }).strict(), DealView.nullable()),
  'deals:activity': backend(
    z.object({ dealId: Id, before: z.string().max(200).optional(), limit: z.int().min(1).max(200) }).strict(),
    z.object({ entries: z.array(ActivityEntry), before: z.string().nullable() }),
  ),
  /** Deals that look like the one being entered: address and people. */
  'deals:similar': backend(
    z.object({ street: z.string().max(200), zip: z.string().max(20), clientName: z.string().max(200) }).strict(),
    z.array(z.object({ dealId: Id, plate: z.string(), title: z.string(), reasons: z.array(z.string()) })),
  ),
  'deals:command': backend(
    z.object({ id: Id, dealId: Id, name: z.string().max(60), args: z.record(z.string(), z.unknown()) }).strict(),
    CommandReply,
  ),
  /** What a step would do to dates and tasks; writes nothing. */
  'deals:preview': backend(PreviewInput, PreviewReply),
  /** The dates that a new deal would open with. */
  'deals:preview-new': backend(NewDatesInput, NewDatesReply),

  'search:find': backend(
    z.object({ text: z.string().max(200), limit: z.int().min(1).max(100) }).strict(),
    z.array(Found),
  ),
  /** Everything that holds the words, inside documents too; the last word may be the beginning of one. */
  'search:all': backend(
    z
      .object({
        text: z.string().max(200),
        kinds: z.array(z.enum(SEARCH_KINDS)).max(4).optional(),
        dealId: Id.optional(),
        onlyActive: z.boolean().optional(),
        limit: z.int().min(1).max(100),
      })
      .strict(),
    z.array(SearchHit),
  ),

  'attention:list': backend(z.object({ dealId: Id.optional() }).strict(), z.array(AttentionItem)),
  'attention:answer': backend(z.object({ id: Id, choice: AttentionChoice }).strict(), CommandReply),

  'samples:add': backend(Nothing, Job),
  'samples:remove': backend(Nothing, Job),

  'jobs:cancel': backend(Job.strict(), Done),
} as const satisfies Record<string, Call>;
