import type { PersonInput } from '../../api/person-calls.ts';

export type Proposal = Omit<PersonInput<'propose-person'>, 'actId'>;
export type ProposalField = 'role' | 'name' | 'company' | 'phone' | 'email' | 'words';
export type ProposalWrong = 'noName' | 'noReach' | 'badPhone' | 'badEmail';

export interface ProposalFault {
  readonly field: ProposalField;
  readonly wrong: ProposalWrong;
}

/** The first thing that is not right yet; null when it can be sent. A phone or an e-mail is enough. */
export function faultOf({ name, phone, email }: Pick<Proposal, 'name' | 'phone' | 'email'>): ProposalFault | null {
  if (name.trim() === '') return { field: 'name', wrong: 'noName' };
  if (phone.trim() === '' && email.trim() === '') return { field: 'phone', wrong: 'noReach' };
  if (phone.trim() !== '' && phone.replaceAll(/\D/g, '').length < 7) return { field: 'phone', wrong: 'badPhone' };
  if (email.trim() !== '' && !/^\S+@\S+\.\S+$/.test(email.trim())) return { field: 'email', wrong: 'badEmail' };
  return null;
}

/** A proposal that the browser kept, or a blank one: what was kept may be of an older page. */
export function proposalFrom(kept: unknown, blank: Proposal, roles: readonly string[]): Proposal {
  if (typeof kept !== 'object' || kept === null) return blank;
  const found = kept as Partial<Record<ProposalField, unknown>>;
  const text = (field: Exclude<ProposalField, 'role'>) => (typeof found[field] === 'string' ? found[field] : '');
  const role = roles.includes(String(found.role)) ? (found.role as Proposal['role']) : blank.role;
  return {
    ...{ role, name: text('name'), company: text('company'), phone: text('phone') },
    ...{ email: text('email'), words: text('words') },
  };
}
