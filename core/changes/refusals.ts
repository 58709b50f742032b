import type { Id } from '../deals/model.ts';
import type { ChangeState } from './request.ts';

/** Why a step of a request did not happen. `sentence` is for the person who tried. */
export type ChangeRefusal = { readonly sentence: string } & (
  | { readonly type: 'NotAllowed' }
  | { readonly type: 'WrongTerms' }
  | { readonly type: 'BankNumber' }
  | { readonly type: 'WrongState'; readonly state: ChangeState }
  | { readonly type: 'Blocked'; readonly by: readonly Id[] }
  | { readonly type: 'Expired' }
  | { readonly type: 'PeriodOver' }
  | { readonly type: 'NotExpired' }
  | { readonly type: 'NotAnApprover' }
  | { readonly type: 'ApprovalsMissing'; readonly missing: readonly string[] }
  | { readonly type: 'CallBackMissing' }
  | { readonly type: 'NotACallBack' }
  | { readonly type: 'NoDocument' }
  | { readonly type: 'WrongDocument' }
  | { readonly type: 'NotFullyExecuted' }
  | { readonly type: 'NotReviewed' }
  | { readonly type: 'NoDelivery' }
  | { readonly type: 'NoConflict' }
  | { readonly type: 'WrongTime' }
  | { readonly type: 'NotTold' }
);
