import type { SomeDeviceHandlers } from '../context.ts';
import { dealCacheOf } from '../sync/deal-cache.ts';
import { hello, renew } from '../sync/hello.ts';
import { heads, page } from '../sync/pull.ts';
import { push } from '../sync/push.ts';

/** The few calls by which desktops and the server agree. */
export function syncHandlers() {
  return {
    'sync/hello': hello,
    'sync/renew': renew,
    'sync/push': (context, caller, request) => push({ context, cache: dealCacheOf(context.store) }, caller, request),
    'sync/heads': heads,
    'sync/page': page,
  } satisfies SomeDeviceHandlers;
}
