import { listText } from '../../../core/deadlines/day-text.ts';
import type { PartyRole, Side } from '../../../core/deals/model.ts';
import type { PaperQuestion, PaperView } from '../../../electron/contract/portal-rows.ts';
import type { DealView, PersonView } from '../../../electron/contract/values.ts';
import { SIDE_WORDS } from '../../data/words.ts';

/** What is said of a file, in sentences. What nobody has said is said to be so. */
export interface Said {
  readonly says: string;
  readonly isUnknown: boolean;
}

type Of = Pick<DealView, 'people' | 'side'>;

export function saidSentences({ asks, said }: Pick<PaperView, 'asks' | 'said'>, deal: Of): readonly Said[] {
  const sentence: Readonly<Record<PaperQuestion, () => Said | null>> = {
    figures: () => figures(said.aboutPersonIds, deal, asks.includes('disbursement')),
    payer: () =>
      said.paidBySide === null
        ? unknown('Nobody has said which side paid for it.')
        : known(`The ${SIDE_WORDS[said.paidBySide].toLowerCase()} side paid for it.`),
    'other-side': () => (said.isWithOtherSide ? known('Shared with the other side.') : null),
    lender: () => (said.isRequiredByLender ? known('The lender needs it.') : null),
    disbursement: () =>
      said.isDisbursementAuthorization ? known('It is the disbursement authorization, which title reads.') : null,
  };
  return asks.flatMap((ask) => sentence[ask]() ?? []);
}

function figures(ids: readonly string[], deal: Of, isCommission: boolean): Said {
  const what = isCommission ? 'commission' : 'figures';
  if (ids.length === 0) return unknown(`Nobody has said whose ${what} it shows.`);
  const names = ids.map((id) => deal.people.find((person) => person.id === id)?.name ?? 'somebody who has left');
  return known(`It shows the ${what} of ${listText(names)}, and nobody else's.`);
}

const known = (says: string): Said => ({ says, isUnknown: false });
const unknown = (says: string): Said => ({ says, isUnknown: true });

const PRINCIPALS: readonly PartyRole[] = ['client', 'co-client', 'other-principal'];
const AGENTS: readonly PartyRole[] = ['agent', 'other-agent'];

/** Whose figures a statement can show: the principals' of either side; of a commission paper, the agents'. */
export function figureHolders(deal: Of, asks: readonly PaperQuestion[]): readonly PersonView[] {
  const roles = asks.includes('disbursement') ? AGENTS : PRINCIPALS;
  return deal.people.filter(({ role }) => roles.includes(role));
}

/** The two sides of a deal of this kind, ours first. */
export function sidesOf(side: Side): readonly [Side, Side] {
  const other: Readonly<Record<Side, Side>> = {
    buyer: 'seller',
    seller: 'buyer',
    tenant: 'landlord',
    landlord: 'tenant',
  };
  return [side, other[side]];
}
