import type { PersonRow } from '../../../core/deals/model.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { PersonHome } from '../../api/person-home.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import { lastDayOf } from '../links/expiry.ts';
import { countDeal, type KeptDeal, readDeal } from './deal-facts.ts';
import { besideOf } from './home/beside.ts';
import { homeOf } from './home.ts';
import { count } from './limits.ts';
import { NOT_SIGNED_IN } from './session.ts';
import { tellTrail } from './trail.ts';
import type { PersonHandler, PersonHandlers, Visitor } from './types.ts';

const home: PersonHandler<'home'> = async (context, { visitor }) => {
  const busy = await count(context, { rule: 'reads', of: visitor.session.sessionHash });
  if (busy !== null) return err(busy);
  const seen = await homeFor(context, visitor);
  if (seen.ok) await note(context, visitor, 'view', {});
  else await note(context, visitor, 'denied', { reason: 'they are not on this deal any more' });
  return seen;
};

export const homeHandlers = { home } satisfies Partial<PersonHandlers>;

async function homeFor(context: PortalContext, visitor: Visitor): Promise<Result<PersonHome, ApiError>> {
  const found = await personOf(context, visitor);
  if (found === null) return err(NOT_SIGNED_IN);
  const { kept, person } = found;
  const { link, isPreview } = visitor;
  const counted = countDeal(kept, context.rules, context.now());
  const endsOn = lastDayOf(isPreview ? visitor.session.endsAt : link.expiresAt);
  const beside = await besideOf(context, visitor);
  const questions = context.rules.questions();
  const { mayDownload } = link;
  const seen = homeOf({ kept, counted, person, mayDownload, isPreview, endsOn, questions, beside });
  return seen === null ? err(NOT_SIGNED_IN) : ok(seen);
}

/** The deal with this person's row on it; null when they were taken off, which ends their link as a revocation does. */
export async function personOf(
  { store, workspaceId }: PortalContext,
  { link }: Pick<Visitor, 'link'>,
): Promise<{ readonly kept: KeptDeal; readonly person: PersonRow } | null> {
  const kept = await store.read((read) => readDeal(read, workspaceId, link.dealId));
  const person = kept?.deal.people.find(({ id }) => id === link.personId);
  return kept === null || person === undefined ? null : { kept, person };
}

type Details = Readonly<Record<string, string | number | boolean | null>>;

/** Into the trail of the deal, with whose link it was. A look as somebody else stands there once, since it was asked for. */
export async function note(
  context: PortalContext,
  visitor: Visitor,
  kind: 'view' | 'download' | 'denied',
  details: Details,
): Promise<void> {
  if (visitor.isPreview) return;
  const { workspaceId } = context;
  const { linkId, personId, dealId: unitId } = visitor.link;
  const at = context.now().toISOString();
  const told = { ...details, linkId, personId };
  const actor = `party:${personId}`;
  await context.store.transaction(workspaceId, (tx) =>
    tellTrail(tx, { workspaceId, unitId, at, actor, kind, details: told }),
  );
}
