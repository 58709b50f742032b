import type { PartyRole, PersonRow } from '../../../core/deals/model.ts';
import { partyActor } from '../../../core/permissions/actor.ts';
import type { DealContext } from '../../../core/permissions/conditions.ts';
import { explainAccess } from '../../../core/permissions/explain.ts';
import { columnOf } from '../../../core/permissions/may.ts';
import type { AccessEntry, AccessView, LinkView } from '../../api/device-calls.ts';
import type { PortalContext } from '../context.ts';
import { contextOf, type KeptDeal, memberOf } from '../person/deal-facts.ts';
import type { LinkRow } from '../store/areas/links.ts';
import type { MemberRow } from '../store/areas/members.ts';
import { DAYS_WITHOUT_CLOSING, lastDayOf } from './expiry.ts';
import { shortDay } from './words.ts';

export interface AccessAsk {
  readonly kept: KeptDeal;
  /** All of the deal, also those that are over. */
  readonly links: readonly LinkRow[];
  readonly now: Date;
  /** Whether this server opens to others, and whether it can send codes. */
  readonly isShared: boolean;
  readonly canMail: boolean;
}

/** Who may see what of a deal, why and until when: members first, then its people, each with their links. */
export function accessViewOf(ask: AccessAsk): AccessView {
  const { kept, isShared, canMail } = ask;
  const open = ask.links.filter((link) => link.kind !== 'preview' && stateOf(link, ask.now) === 'open');
  const context = contextOf(kept, personsWithoutDownload(kept, open));
  const members = kept.members.map(memberOf);
  const linkEndsOn = new Map(open.filter(({ kind }) => kind === 'portal').map((link) => [link.personId, lastOf(link)]));
  const explained = new Map(
    explainAccess({ context, members, linkEndsOn }).map(({ id, sentences }) => [id, [...sentences]]),
  );
  return {
    dealId: kept.deal.row.id,
    isShared,
    canMail,
    entries: [
      ...kept.members.map((member) => memberEntry(member, kept, explained.get(member.memberId))),
      ...kept.deal.people.map((person) =>
        personEntry(ask, { person, context, sentences: explained.get(person.id) ?? [] }),
      ),
    ],
  };
}

const MEMBER_SHORT: Readonly<Record<MemberRow['role'], string>> = {
  admin: 'Everything, as an admin.',
  tc: 'Everything, as a coordinator.',
  agent: 'The deal, its dates, tasks and papers, as the agent.',
};

function memberEntry(member: MemberRow, { teamIds }: KeptDeal, sentences: string[] | undefined): AccessEntry {
  const { memberId: id, name, role, email } = member;
  const isOn = teamIds.includes(id);
  const off = `${name} is not on this deal and sees nothing of it.`;
  return {
    ...{ id, kind: 'member', name, role, email, links: [], canHaveLink: false },
    short: isOn ? MEMBER_SHORT[role] : 'Not on this deal.',
    sentences: isOn && sentences !== undefined ? sentences : [off],
    whyNot: 'Members of the team sign in on their desktop, so they need no link.',
    isOn: role === 'agent' ? isOn : null,
  };
}

const PERSON_SHORT: Readonly<Record<PartyRole, string>> = {
  client: 'Own tasks, the dates and the papers for them.',
  'co-client': 'Own tasks, the dates and the papers for them.',
  agent: 'Dates, tasks and papers of our side.',
  tc: 'Nothing by a link.',
  admin: 'Nothing by a link.',
  lender: 'Financing and closing dates, own tasks, loan papers.',
  title: 'Dates, own tasks, title and closing papers.',
  attorney: 'Dates, own tasks and papers of our side.',
  'other-agent': 'Shared dates and the signed contract.',
  'other-principal': 'Shared dates and the signed contract.',
};

interface PersonAsk {
  readonly person: PersonRow;
  readonly context: DealContext;
  readonly sentences: string[];
}

function personEntry(ask: AccessAsk, { person, context, sentences }: PersonAsk): AccessEntry {
  const { kept, now } = ask;
  const own = ask.links.filter(({ personId, kind }) => personId === person.id && kind !== 'preview');
  const open = own.filter((link) => link.kind === 'portal' && stateOf(link, now) === 'open');
  const last = open.map(lastOf).toSorted().at(-1);
  const hasClosing = kept.deal.anchors.some(({ name }) => name === 'closing');
  const isWithoutClosing = !hasClosing && open.some(({ isTiedToClosing }) => isTiedToClosing);
  const whyNot = whyNoLink(person, context);
  const until = last === undefined ? 'No link now.' : `Until ${shortDay(last)}.`;
  return {
    ...{ id: person.id, kind: 'person', name: person.name, role: person.role, email: person.email, isOn: null },
    short: whyNot === '' ? `${PERSON_SHORT[person.role]} ${until}` : PERSON_SHORT[person.role],
    sentences: isWithoutClosing ? [...sentences, WITHOUT_CLOSING] : sentences,
    links: own.map((link) => {
      const view = linkViewOf(link, kept.members, now);
      // People make their feed themselves.
      return link.kind === 'calendar' ? { ...view, madeByName: person.name } : view;
    }),
    canHaveLink: whyNot === '',
    whyNot,
  };
}

const WITHOUT_CLOSING = `No closing day is set, so the link ends ${DAYS_WITHOUT_CLOSING} days after it was made. Once there is one, it ends 30 days after that.`;

/** Why nobody can come through a link as this person, as a sentence; empty when somebody can. */
export function whyNoLink(person: PersonRow, context: DealContext): string {
  if (columnOf(partyActor(person, context.deal.row), context) !== null) return '';
  return `${person.name} is listed as a member of the team. They sign in on their desktop, so no link is made.`;
}

function stateOf({ revokedAt, expiresAt }: LinkRow, now: Date): LinkView['state'] {
  if (revokedAt !== null) return 'revoked';
  return Date.parse(expiresAt) > now.getTime() ? 'open' : 'expired';
}

export function linkViewOf(link: LinkRow, members: readonly MemberRow[], now: Date): LinkView {
  const { linkId, kind, secondStep, address, mayDownload, madeAt, madeBy, expiresAt, usedAt } = link;
  const maker = members.find(({ memberId }) => `member:${memberId}` === madeBy);
  return {
    ...{ id: linkId, kind: kind === 'calendar' ? 'calendar' : 'portal', secondStep, address, mayDownload, madeAt },
    ...{ expiresAt, usedAt, state: stateOf(link, now), movesWithClosing: link.isTiedToClosing },
    madeByName: maker?.name ?? 'Somebody who has left the team',
  };
}

function lastOf({ expiresAt }: LinkRow) {
  return lastDayOf(expiresAt);
}

/** Those all of whose open links only show. */
function personsWithoutDownload({ deal }: KeptDeal, open: readonly LinkRow[]): readonly string[] {
  return deal.people
    .map(({ id }) => ({ id, links: open.filter(({ personId, kind }) => personId === id && kind === 'portal') }))
    .filter(({ links }) => links.length > 0 && links.every(({ mayDownload }) => !mayDownload))
    .map(({ id }) => id);
}

/** Whether people elsewhere can open links of this server. */
export function isShared({ config }: Pick<PortalContext, 'config'>): boolean {
  return !config.isEmbedded;
}
