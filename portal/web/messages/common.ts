import type { Problem } from '../ask.ts';
import type { ActName } from '../inside/acts.ts';

/** Words of every page. The hyphen of e‑mail does not break. */
export const common = {
  locale: 'en-US',
  title: 'Your closing',
  loading: 'Opening your page.',
  slow: 'Still opening. The line is slow, so this takes a little longer.',
  tryAgain: 'Try again',
  signOut: 'Sign out',
  workingOnIt: 'One moment.',
  back: 'Back',
  screen: {
    loading: 'Opening',
    wait: 'One moment.',
    goBack: 'Go back',
    failed: 'This part did not load',
    failedText: 'There may be no signal here. Nothing is lost, and it is tried again when the signal is back.',
  },
  act: {
    sending: 'Sending.',
    waiting: 'Not sent yet. It will be tried again when you are back.',
    unsent: (count: number, areKept: boolean) => {
      const what =
        count === 1
          ? 'One thing is not sent yet. It will be tried again when you are back.'
          : `${count} things are not sent yet. They will be tried again when you are back.`;
      return `${what} ${areKept ? 'You can close this page, and open it again later.' : 'Keep this page open.'}`;
    },
    /** Before anybody is known: on the page of somebody who is not in, or without a signal. */
    kept: (count: number) =>
      count === 1
        ? 'One thing you did here is not sent yet. It is kept on this device and sent when you open your page again.'
        : `${count} things you did here are not sent yet. They are kept on this device and sent when you open your page again.`,
    notYet: (what: string) => `${what} is not sent yet.`,
    failed: (what: string) => `${what} did not go through.`,
    seen: 'All right',
    what: {
      'complete-task': 'The task that you marked',
      acknowledge: 'That you have read a paper',
      'send-form': 'What you filled in',
      'write-message': 'Your message',
      'ask-change': 'Your request for a change',
      'answer-change': 'Your answer to a request',
      'withdraw-change': 'Taking your request back',
      'propose-person': 'The person you proposed',
      'give-consent': 'Your consent',
      'withdraw-consent': 'Taking your consent back',
      'send-paper': 'Your paper',
    } satisfies Record<ActName, string>,
    goOn: 'Go on',
    againTitle: 'Check once more that it is you',
    again: 'It has been a while since you showed that it is you, and this counts as your word. Nothing is sent yet.',
  },
  away: {
    title: 'The page cannot be reached',
    text: 'You may be offline, or the portal is resting for a moment. Nothing is lost.',
  },
  stale: (when: string) => `No connection. This is how it was at ${when}.`,
  preview: (name: string) => `You see this as ${name} does. Nothing can be changed here.`,

  money: {
    title: 'Before you send money, call',
    text: 'Thieves copy e‑mails about closing. We never send account numbers by e‑mail or text. If anyone does, stop, and call ',
    nobody: 'your coordinator on a number you know',
    on: ' on ',
    pin: 'Never pay from an e‑mail.',
    pinMore: 'Call first.',
  },
  problem: (problem: Problem): string => {
    switch (problem.type) {
      case 'unreachable':
        return 'The portal could not be reached. Check your connection and try again.';
      case 'wrong-answer':
        return problem.retryAfter === undefined ? wrongAnswer(problem.triesLeft) : restingLink(problem.retryAfter);
      case 'too-often':
        return `That was tried too often. Wait ${waitWords(problem.retryAfter ?? 60)}, or call your coordinator.`;
      case 'away':
        return 'That did not work just now. Try again in a few minutes, or call your coordinator.';
      default:
        return problem.message;
    }
  },
};

function wrongAnswer(triesLeft: number | undefined): string {
  if (triesLeft === undefined) return 'That is not the word you agreed on. If you are not sure, call your coordinator.';
  if (triesLeft === 0) return 'That is not the code, or it does not work any more. Send a new one.';
  const tries = triesLeft === 1 ? 'one more try' : `${triesLeft} more tries`;
  return `That is not the code. Look at the newest e‑mail. You have ${tries}.`;
}

function restingLink(seconds: number): string {
  return `That is not the word you agreed on. This link now rests for ${waitWords(seconds)}. Call your coordinator if you need in sooner.`;
}

function waitWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 1) return 'a minute';
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
