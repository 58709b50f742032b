/** Why a person may not do something. The sentence is for that person: it never says whether a thing exists. */
export type RefusalCode =
  | 'NotOnDeal'
  | 'NotYours'
  | 'NotYourRole'
  | 'OtherSide'
  | 'NeedsConsent'
  | 'NotShared'
  | 'MetadataOnly'
  | 'Held'
  | 'NeverInProduct'
  | 'PeopleOnly';

/** `reason` is a whole sentence that the person can act on. */
export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly reason: string;
}

/** The answer of a permission rule. */
export type Verdict = { readonly ok: true } | Refusal;

export const YES: Verdict = { ok: true };

export function no(code: RefusalCode, reason: string): Refusal {
  return { ok: false, code, reason };
}
