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

/** The answer of a permission rule. `reason` is a whole sentence that the person can act on. */
export type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: RefusalCode; readonly reason: string };

export const YES: Verdict = { ok: true };

export function no(code: RefusalCode, reason: string): Verdict {
  return { ok: false, code, reason };
}
