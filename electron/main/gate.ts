import { type AnswerDeps, createAnswer } from '../contract/answer.ts';
import type { Reply } from '../contract/calls.ts';
import { refused } from '../contract/reply.ts';
import { isOwnPage } from './page-address.ts';

/** Who sends a message, as Electron's event tells. */
export interface Sender {
  /** The address of the frame that sends; null when that frame is gone already. */
  readonly url: string | null;
  readonly isMainFrame: boolean;
  /** The page belongs to a window that we opened. */
  readonly isOwnWindow: boolean;
}

export type Gate = (sender: Sender, name: unknown, input: unknown) => Promise<Reply<unknown>>;

/**
 * The one gate between a page and everything else: trusted sender and main frame -> known call -> input schema ->
 * handler -> reply. Nothing is thrown across, since Electron would hand the page the message of what was thrown.
 */
export function createGate(deps: AnswerDeps): Gate {
  const answer = createAnswer(deps);
  return async (sender, name, input) => {
    if (isTrusted(sender)) return await answer(name, input);
    deps.log.warn('a call from an unknown page was refused');
    return refused({ type: 'not-trusted', message: 'Only the Closeboard window may ask for this.' });
  };
}

export function isTrusted({ url, isMainFrame, isOwnWindow }: Sender): boolean {
  return isOwnWindow && isMainFrame && url !== null && isOwnPage(url);
}
