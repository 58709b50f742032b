import { HOLD_AT, scoreWireSuspicion, type WireSuspicion } from '../wire-suspicion.ts';
import type { Arrival } from './types.ts';

const MOST_TEXT = 200_000;

/**
 * Whether a file is held as wire instructions. Each part is judged alone and all of them together: a warning of fraud
 * under a mail must not excuse the file that the mail carries. A sender that imitates somebody is always held.
 */
export function judgeHold(arrival: Arrival): WireSuspicion | null {
  const name = `${arrival.fileName}\n${arrival.subject}`.slice(0, 2000);
  const mail = arrival.mailText.slice(0, MOST_TEXT);
  const text = (arrival.text?.whole || arrival.text?.firstPages || '').slice(0, MOST_TEXT);
  const apart = [name, mail, text].filter((part) => part.trim() !== '').map(scoreWireSuspicion);
  // the parts alone say less than a hold, together they may
  const together =
    apart.some(({ isHeld }) => isHeld) || apart.filter(({ score }) => score > 0).length < 2
      ? []
      : [scoreWireSuspicion(`${name}\n${mail}\n${text}`)];
  const held = [...apart, ...together].filter(({ isHeld }) => isHeld);
  if (held.length === 0 && arrival.senderLooksLike === null) return null;
  const likeness =
    arrival.senderLooksLike === null
      ? []
      : [`It came from an address that imitates ${possessive(arrival.senderLooksLike)}.`];
  return {
    score: Math.max(...held.map(({ score }) => score), 0) + (arrival.senderLooksLike === null ? 0 : HOLD_AT),
    isHeld: true,
    reasons: [...likeness, ...new Set(held.flatMap(({ reasons }) => reasons))],
  };
}

function possessive(name: string): string {
  return name.endsWith('s') ? `${name}’` : `${name}’s`;
}
