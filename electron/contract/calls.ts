import { z } from 'zod';
import { UpdateState } from './updates.ts';
import {
  ActivityEntry,
  BoardFilter,
  Capability,
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
} from './values.ts';

/**
 * Every call between the renderer and what stands behind it. A new call is a line here, a handler, and a test.
 * `backend` calls go to the backend process; `host` calls are answered by the host itself (main or browser host).
 */
export interface Call<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  To extends 'backend' | 'host' = 'backend' | 'host',
> {
  readonly input: In;
  readonly output: Out;
  readonly to: To;
}

function backend<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Call<In, Out, 'backend'> {
  return { input, output, to: 'backend' };
}

function host<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Call<In, Out, 'host'> {
  return { input, output, to: 'host' };
}

const Nothing = z.object({}).strict();
const Done = z.object({ done: z.literal(true) });
const Job = z.object({ jobId: Id });

export const calls = {
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
  'search:find': backend(
    z.object({ text: z.string().max(200), limit: z.int().min(1).max(100) }).strict(),
    z.array(Found),
  ),
  'samples:add': backend(Nothing, Job),
  'samples:remove': backend(Nothing, Job),
  'jobs:cancel': backend(Job.strict(), Done),

  'host:info': host(
    Nothing,
    z.object({
      version: z.string(),
      capabilities: z.array(Capability),
      platform: z.enum(['darwin', 'win32', 'linux']),
      dataFolder: z.string(),
    }),
  ),
  'host:open-folder': host(z.object({ which: z.enum(['data', 'backups']) }).strict(), Done),
  'host:open-link': host(z.object({ url: z.string().max(2000) }).strict(), Done),
  'host:set-theme': host(z.object({ theme: z.enum(['system', 'light', 'dark']) }).strict(), Done),
  'host:notify': host(
    z.object({ title: z.string().max(120), body: z.string().max(300), dealId: Id.optional() }).strict(),
    Done,
  ),
  /** The renderer's own marks, for start-up timing: "board/painted". */
  'host:mark': host(
    z
      .object({
        name: z
          .string()
          .regex(/^[a-z]+\/[a-z-]+$/)
          .max(60),
      })
      .strict(),
    Done,
  ),
  'updates:state': host(Nothing, UpdateState),
  'updates:check': host(Nothing, UpdateState),
  'updates:download': host(Nothing, UpdateState),
  'updates:restart': host(Nothing, UpdateState),
} as const satisfies Record<string, Call>;

export type CallName = keyof typeof calls;
/** The calls of one side: those that the backend answers, or those that the host answers itself. */
export type CallNameOf<To extends 'backend' | 'host'> = {
  [N in CallName]: (typeof calls)[N] extends Call<z.ZodType, z.ZodType, To> ? N : never;
}[CallName];
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;

/** Electron keeps only `message` of a thrown error, so nothing is thrown across. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };

/**
 * Why a call was not answered. `defect` never carries the defect's own message: that stays in the log.
 * `backend-gone` means the backend stopped while this call was under way; what it did is unknown until asked again.
 */
export interface CallError {
  readonly type: 'bad-call' | 'not-trusted' | 'defect' | 'backend-gone' | 'records-closed' | 'not-here';
  readonly message: string;
}
