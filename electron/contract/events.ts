import { z } from 'zod';
import { PersonAct } from './portal-views.ts';
import { SyncState } from './sync.ts';
import { UpdateState } from './updates.ts';
import { Id, RecordsState } from './values.ts';

/** Everything that is told to the renderer unasked. */
export const HostEvent = z.discriminatedUnion('type', [
  /** Rows of these deals changed; an empty list means many. */
  z.object({ type: z.literal('deals:changed'), dealIds: z.array(Id) }),
  /** People outside of the team did these, on whichever deal; told once, when it comes from the portal. */
  z.object({ type: z.literal('people:acted'), acts: z.array(PersonAct) }),
  z.object({ type: z.literal('workspace:changed') }),
  /** Something came in, was read or was decided. `open` items wait for a person. */
  z.object({ type: z.literal('inbox:changed'), open: z.int() }),
  z.object({ type: z.literal('folders:changed') }),
  /** The connection to the portal, what waits for it, and how many things need a person. */
  z.object({ type: z.literal('sync:changed'), state: SyncState }),
  /** Who may see what of this deal changed, or its trail grew. */
  z.object({ type: z.literal('access:changed'), dealId: Id }),
  z.object({ type: z.literal('records:changed'), state: RecordsState }),
  z.object({
    type: z.literal('job:progress'),
    jobId: Id,
    /** "Adding sample deals" */
    title: z.string(),
    done: z.int(),
    total: z.int(),
    state: z.enum(['running', 'done', 'cancelled', 'failed']),
    sentence: z.string(),
    /** What it made: a file to look at or to save. */
    made: z.object({ sha256: z.string(), name: z.string() }).optional(),
    /** Where the person may look next. */
    dealId: Id.optional(),
  }),
  /** The backend stopped. `restarting` once; `gone` when it stopped again. */
  z.object({ type: z.literal('backend:state'), state: z.enum(['ready', 'restarting', 'gone']), sentence: z.string() }),
  /** A deep link or a notification asks for a deal. */
  z.object({ type: z.literal('open:deal'), dealId: Id }),
  /** A menu item or an accelerator of the window: "new-deal", "find", "undo", "board", "today", "settings", "keys". */
  z.object({ type: z.literal('menu'), item: z.string() }),
  z.object({ type: z.literal('updates:changed'), state: UpdateState }),
  z.object({ type: z.literal('theme:changed'), dark: z.boolean() }),
]);
export type HostEvent = z.infer<typeof HostEvent>;
