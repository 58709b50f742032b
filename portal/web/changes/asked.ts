import { type Approver, CHANGE_RULES, type ChangeKind, type Evidence } from '../../../core/changes/rules.ts';

/** Who is asked about a kind of change, in the order in which it is told. `isMaybe`: only where there is one. */
export interface Asked {
  readonly approver: Approver;
  readonly isMaybe: boolean;
}

/** By the rules of the product; whoever asks has agreed by asking, so a client alone on their side is not named. */
export function askedAbout(kind: ChangeKind, asker: { readonly as: Approver | null; readonly isAlone: boolean }) {
  const asked = CHANGE_RULES[kind].approvers.map(
    ({ approver, when }): Asked => ({ approver, isMaybe: when.length > 0 }),
  );
  return asked.filter(({ approver }) => approver !== asker.as || (approver === 'own-principal' && !asker.isAlone));
}

/** What makes it true in the end. */
export function evidenceOf(kind: ChangeKind): Evidence {
  return CHANGE_RULES[kind].evidence;
}
