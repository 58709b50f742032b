import { PassThrough } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { DESK_PATH } from '../../api/device-calls.ts';
import { coordinatorsOnly, notAvailable } from '../auth/errors.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { exportDeal, type ReadyExport } from '../export/export-deal.ts';
import { isKeepableText } from '../http/keepable.ts';
import { sendError } from '../http/reply.ts';
import { deviceOf, signedIn } from '../http/signed-in.ts';

/** Bytes of all entries before they are packed, so that the desktop can say how far it is. */
const EXPORT_BYTES_HEADER = 'x-closeboard-bytes';

/** `GET /api/desk/export/<dealId>`: the whole deal as a zip, for a coordinator. What goes wrong on the way ends the connection. */
export function addExportRoute(app: FastifyInstance, context: PortalContext): void {
  app.get<{ Params: { dealId: string } }>(`${DESK_PATH}/export/:dealId`, {
    onRequest: signedIn(context),
    handler: async (request, reply) => {
      const caller = deviceOf(request);
      if (caller.member.role === 'agent') return sendError(reply, coordinatorsOnly);
      if (!isKeepableText(request.params.dealId)) return sendError(reply, notAvailable);
      const stop = stoppedWith(reply);
      const exported = await exportDeal({
        ...askOf(context, caller, request.params.dealId),
        signal: stop.signal,
      }).catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
        return null;
      });
      // Nobody is left to answer.
      if (exported === null) return reply.hijack();
      if (!exported.ok) return sendError(reply, notAvailable);
      return sendExport(reply, exported.value, { context, signal: stop.signal });
    },
  });
}

function askOf({ store, blobs, workspaceId, now, config }: PortalContext, { member }: DeviceCaller, dealId: string) {
  const { memberId, role, name } = member;
  const by = { actor: `member:${memberId}`, name, rights: { kind: 'member', memberId, role } as const };
  return { store, blobs, workspaceId, dealId, by, now, writer: store, scratch: config.data };
}

/** Aborted when the desktop goes away: nothing is gathered for nobody. */
function stoppedWith({ raw }: FastifyReply): AbortController {
  const stop = new AbortController();
  raw.once('close', () => stop.abort());
  return stop;
}

function sendExport(
  reply: FastifyReply,
  ready: ReadyExport,
  { context, signal }: { readonly context: PortalContext; readonly signal: AbortSignal },
): FastifyReply {
  const out = new PassThrough();
  ready
    .writeTo(out, { signal })
    .catch((error: unknown) => {
      // The connection is cut in the middle, so the desktop sees that it has no whole export.
      if (!signal.aborted) context.log.defect('an export ended early', error);
      out.destroy(error instanceof Error ? error : new Error('the export ended early'));
    })
    .finally(() => ready.remove())
    .catch((error: unknown) => context.log.defect('what an export gathered was not removed', error));
  return reply
    .header('content-type', 'application/zip')
    .header('content-disposition', 'attachment; filename="deal.zip"')
    .header(EXPORT_BYTES_HEADER, String(ready.bytes))
    .send(out);
}
