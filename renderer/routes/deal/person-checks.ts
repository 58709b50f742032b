import { readPhone } from '../../../core/parties/phone.ts';

/** What is wrong with an e-mail address, or null. An empty one is not known yet. */
export function emailProblem(text: string): string | null {
  const email = text.trim();
  if (email === '' || /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/.test(email)) return null;
  return 'This does not read as an e-mail address. It needs a name, an @ and a domain.';
}

/** What is odd about a phone number, or null. Odd numbers are kept as typed. */
export function phoneProblem(text: string): string | null {
  if (text.trim() === '' || readPhone(text) !== null) return null;
  return 'Kept as typed. It does not read as a phone number.';
}
