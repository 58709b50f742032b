/** Words of the way in: the landing page, the second step and its ends. */
export const wayIn = {
  landing: {
    title: 'Your closing, in one place',
    text: 'See where things stand, what comes next, and whom to call. This link is yours alone, so do not forward it.',
    open: 'Open my closing',
    next: 'On the next page we check that it is you.',
  },
  code: {
    title: 'Check that it is you',
    sending: 'We are sending a code to your e‑mail.',
    sent: (to: string) => `We sent an 8-digit code to ${to}. It works for 10 minutes, on this device only.`,
    ready: (to: string) => `We send an 8-digit code to ${to}, so that nobody else can open your page.`,
    send: 'Send me the code',
    label: 'The code from the e‑mail',
    go: 'Open my page',
    again: 'Send a new code',
    late: 'No e‑mail after two minutes? Look in the junk folder, then send a new code.',
    short: 'The code has 8 digits.',
  },
  word: {
    title: 'Check that it is you',
    text: 'Type the word that you agreed on with your coordinator. Capitals do not matter.',
    label: 'The word you agreed on',
    go: 'Open my page',
    missing: 'Type the word first.',
  },
  dead: {
    title: 'This link does not work',
    text: 'It may be too old, or a newer one has taken its place. Nothing is lost.',
    todo: 'Call your coordinator on a number you know, and ask for a new link.',
  },
  nobody: {
    title: 'Open your link again',
    text: 'This page opens with the link that your coordinator gave you. Tap the link once more. If you cannot find it, call your coordinator.',
  },
  signedOut: {
    title: 'You are signed out',
    text: 'To look again, open your link once more. It stays the same.',
  },
};
