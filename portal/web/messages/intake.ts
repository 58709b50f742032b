import type { Problem } from '../ask.ts';

/** Words of the page behind an intake link: for somebody who has no deal yet. The hyphen of e‑mail does not break. */
export const intake = {
  locale: 'en-US',
  plate: (office: string) => (office === '' ? 'Before we begin' : office),
  back: 'Back',
  tryAgain: 'Try again',
  workingOnIt: 'One moment.',
  loading: 'Opening the page.',
  slow: 'Still opening. The line is slow, so this takes a little longer.',
  pin: 'Never pay from an e‑mail.',
  pinMore: 'Call first.',

  welcome: {
    title: 'Tell us what you are planning',
    who: (askedBy: string, office: string) => {
      const from = askedBy === '' ? office : office === '' ? askedBy : `${askedBy} of ${office}`;
      return from === '' ? 'Your coordinator asked you to this page.' : `${from} asked you to this page.`;
    },
    what: 'Your answers make your file, so that nobody has to ask you twice. You see all of them before anything is sent.',
    points: ['About ten minutes, one question at a time.', 'You may stop at any time and go on later.'],
    unknown: 'Not sure about something? “I do not know” is a good answer too.',
    begin: 'Begin',
    goOn: 'Go on with your answers',
  },
  resume: {
    title: 'Go on with your answers',
    text: 'This opens the answers that you began elsewhere. Whoever has this link can read and change them, so keep it to yourself.',
    go: 'Open my answers',
  },
  question: {
    /** Before the first answer nobody can say how many there will be. */
    place: (at: number, of: number | null) => (of === null ? `Question ${at}` : `Question ${at} of ${of}`),
    goOn: 'Continue',
    save: 'Save this answer',
    unknown: 'I do not know',
    skip: 'Skip this question',
    yes: 'Yes',
    no: 'No',
    later: 'Stop and go on later',
    optional: 'You may leave this one out.',
    missing: 'Answer this first. If you are not sure, call your coordinator.',
    missingOrUnknown: 'Answer this first, or say that you do not know.',
    more: (count: number) =>
      count === 1 ? 'This leads to one more question.' : `This leads to ${count} more questions.`,
    hints: {
      year: 'Four digits, like 1986.',
      money: 'In US dollars, like 650,000.',
      phone: 'With the area code, like (916) 555-0123.',
      zip: 'Five digits.',
      email: 'Like name@example.com.',
    },
    chooseState: 'Choose a state',
  },
  review: {
    title: 'Look over your answers',
    text: (askedBy: string) =>
      `Nothing is sent yet. Change what is not right, then send it${askedBy === '' ? '' : ` to ${askedBy}`}.`,
    open: 'Not answered yet',
    change: 'Change',
    changeOf: (question: string) => `Change the answer to: ${question}`,
    answer: 'Answer',
    answerOf: (question: string) => `Answer: ${question}`,
    skipped: 'Left out',
    unknown: 'I do not know',
    words: 'Anything else that we should know?',
    wordsHelp: 'When we can call, what worries you, what you have signed already. No account numbers, please.',
    send: 'Send my answers',
    sending: 'Sending',
    stillOpen: (count: number) =>
      count === 1 ? 'One question is not answered yet.' : `${count} questions are not answered yet.`,
    goThere: 'Answer it now',
  },
  sent: {
    title: 'Your answers are in',
    text: (owner: string) =>
      owner === ''
        ? 'They arrived safely. You can close this page.'
        : `${owner} has them now. You can close this page.`,
    next: 'What happens next',
    reads: (owner: string) =>
      `${owner === '' ? 'Your coordinator' : owner} reads your answers, usually within two working days.`,
    calls: {
      phone: 'You get a call on the number you gave. Nothing is decided before that call.',
      email: 'You get an e‑mail at the address you gave, to find a time to talk. Nothing is decided before that.',
    },
    link: 'Then you get a link of your own. It shows every step, every date and what is needed from you.',
    nobody: 'Nobody has called after two working days? Call the person who gave you the link.',
    atHand: 'What to have at hand',
    hand: {
      buyer: [
        'The letter of your lender, if you have one.',
        'The signed contract, if there is one.',
        'The full names of everybody who will be on the title.',
      ],
      seller: [
        'The name and phone number of your loan company, if there is a loan on the home.',
        'The papers of the owners’ association, if there is one.',
        'The full names of everybody who is on the title.',
      ],
      tenant: [
        'The full names of everybody who will live there.',
        'The day you would like to move in.',
        'Whom to ask about you: an employer, or a landlord before.',
      ],
      landlord: [
        'The lease that you use, if you have one.',
        'What the rent includes, and what it does not.',
        'Who has keys to the home now.',
      ],
    },
    handNote: 'Only have them ready. Do not send them by e‑mail: your own link has a safe place for them.',
  },
  later: {
    title: 'Stop, and go on later',
    kept: (day: string) =>
      `Your answers are kept until ${day}. On this device, open the link that you were given once more and you are back here.`,
    elsewhere: 'Go on with another device',
    elsewhereText:
      'Make a link that opens your answers there. It works until your answers are sent. Keep it to yourself.',
    make: 'Make a link',
    made: 'The link to your answers',
    copy: 'Copy the link',
    copied: 'The link is copied.',
    notCopied: 'It could not be copied here. Select the link and copy it.',
    mail: 'E‑mail it to me',
    mailed: (to: string) => `It is on its way to ${to}. Look in the junk folder too.`,
    again: 'A new link ends the one before.',
    goOn: 'Go on now',
    clear: 'Delete my answers',
    clearText: 'Everything that you answered here is deleted at once. Nothing of it was sent.',
    clearYes: 'Yes, delete them',
    keep: 'Keep my answers',
    cleared: 'Your answers are deleted',
    clearedText: 'Nothing of them is left here. If you change your mind, open the link that you were given once more.',
  },
  dead: {
    title: 'This link does not work',
    text: 'It may be too old, or it was used already. If you have sent your answers, they are safe.',
    todo: 'Call the person who gave you the link on a number you know, and ask for a new one.',
  },
  nobody: {
    title: 'Open your link again',
    text: 'This page opens with the link that your coordinator gave you. Tap it once more. What you answered is kept with it.',
  },
  away: {
    title: 'The page cannot be reached',
    text: 'There may be no signal here. What you answered so far is kept.',
  },
  problem: (problem: Problem): string => {
    switch (problem.type) {
      case 'unreachable':
        return 'No signal. What you wrote stays here, and it is sent by itself when the signal is back.';
      case 'away':
      case 'defect':
        return 'That did not work just now, and what you answered is kept. Try again in a few minutes.';
      case 'too-often':
        return `That was tried too often. Wait ${waitWords(problem.retryAfter ?? 60)}, then try again.`;
      default:
        return problem.message;
    }
  },
};
export type IntakeMessages = typeof intake;

function waitWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 1) return 'a minute';
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
