import type { Id } from '../../../core/deals/model.ts';
import { scoreWireSuspicion, type WireSuspicion } from '../../../core/documents/wire-suspicion.ts';
import { type SentPlace, sentUnjudged, textOf } from '../../../db/read/files.ts';
import { runCommand } from '../services/run-command.ts';
import type { PapersDeps } from './types.ts';

/** So much of a file is judged: wire instructions are no books. */
const MOST_TEXT = 200_000;

/**
 * Holds what people sent through the portal once its words are known here and read like wire instructions. The portal
 * judges the name alone: it reads no files. `judged` remembers what was looked at, as long as the program runs.
 */
export function holdSent(deps: PapersDeps, judged: Set<Id>): void {
  for (const place of sentUnjudged(deps.db.read)) {
    if (judged.has(place.versionId)) continue;
    judged.add(place.versionId);
    const suspicion = judge(place, (textOf(deps.db.read, place.sha256) ?? '').slice(0, MOST_TEXT));
    if (suspicion !== null) hold(deps, place, suspicion);
  }
}

/** The words alone, and with the name: a name that speaks of fraud must not excuse what is in it. */
function judge({ originalName }: SentPlace, text: string): WireSuspicion | null {
  if (text.trim() === '') return null;
  const name = originalName.replace(/[._-]+/g, ' ');
  return [text, `${name}\n${text}`].map(scoreWireSuspicion).find(({ isHeld }) => isHeld) ?? null;
}

function hold(deps: PapersDeps, { dealId, versionId }: SentPlace, { reasons }: WireSuspicion): void {
  const reason = reasons.slice(0, 2).join(' ') || 'It reads like wire instructions.';
  const command = { id: deps.newId(), dealId, name: 'holdVersion', args: { versionId, reason } };
  const outcome = runCommand(deps.runner, { ...command, at: deps.now().toISOString() });
  // On the computer of an agent it is not theirs to say; a coordinator's says it.
  if (outcome.outcome === 'refused') deps.log.warn('a sent file was not held', { type: outcome.refusal.type });
  else if (outcome.changes > 0) deps.emit({ type: 'deals:changed', dealIds: [dealId] });
}
