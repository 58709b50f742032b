import type { SomeDeviceHandlers } from './context.ts';
import { auditHandlers } from './routes/audit.ts';
import { serverHandlers } from './routes/server.ts';
import { syncHandlers } from './routes/sync.ts';
import { teamHandlers } from './routes/team.ts';

/** Every call of a desktop with what answers it. One that is missing does not compile. */
export function deviceHandlers(): SomeDeviceHandlers {
  return { ...syncHandlers(), ...serverHandlers, ...teamHandlers, ...auditHandlers };
}
