import type { DeviceHandlers } from './http/device-routes.ts';
import { accessHandlers } from './routes/access.ts';
import { auditHandlers } from './routes/audit.ts';
import { fileHandlers } from './routes/files.ts';
import { intakeLinkHandlers } from './routes/intake-links.ts';
import { serverHandlers } from './routes/server.ts';
import { syncHandlers } from './routes/sync.ts';
import { teamHandlers } from './routes/team.ts';

/** Every call of a desktop with what answers it. One that is missing does not compile. */
export function deviceHandlers(): DeviceHandlers {
  return {
    ...syncHandlers(),
    ...serverHandlers,
    ...teamHandlers,
    ...fileHandlers,
    ...accessHandlers,
    ...auditHandlers,
    ...intakeLinkHandlers,
  };
}
