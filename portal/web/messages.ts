import type { Contact, PersonHome, SharedDocument, WaitingStep } from '../api/person-calls.ts';
import type { Problem } from './ask.ts';

/** Every word of these pages. Another language is another object of this shape. The hyphen of e‑mail does not break. */
export const en = {
  locale: 'en-US',
  title: 'Your closing',
  loading: 'Opening your page.',
  slow: 'Still opening. The line is slow, so this takes a little longer.',
  tryAgain: 'Try again',
  signOut: 'Sign out',
  workingOnIt: 'One moment.',

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
  away: {
    title: 'The page cannot be reached',
    text: 'You may be offline, or the portal is resting for a moment. Nothing is lost.',
  },
  stale: (when: string) => `No connection. This is how it was at ${when}.`,
  preview: (name: string) => `You see this as ${name} does. Nothing can be changed here.`,

  hello: (home: PersonHome, days: number | null, first: string): string => {
    if (home.progress?.outcome === 'closed') return `Hello ${first}, it is closed`;
    if (home.progress?.outcome === 'withdrawn') return `Hello ${first}, this deal has ended`;
    if (days === null || days < 0) return `Hello ${first}`;
    if (days === 0) return `Hello ${first}, closing is today`;
    return days === 1 ? `Hello ${first}, 1 day to go` : `Hello ${first}, ${days} days to go`;
  },
  stage: {
    intake: 'We are getting everything started.',
    parties: 'We are bringing together everybody who is needed.',
    disclosures: 'The first papers are being gathered and read.',
    milestones: 'Inspections, money and title are being worked on.',
    changes: 'A change to the deal is being worked out.',
    closing: 'The last papers are being made ready.',
  } satisfies Record<NonNullable<PersonHome['progress']>['stage'], string>,
  closedOn: (day: string) => `It closed on ${day}.`,
  closingOn: (day: string) => `Closing is ${day}.`,
  closingWas: (day: string) => `Closing was planned for ${day}. Your coordinator can say what comes now.`,
  noClosing: 'No closing day is set yet.',
  way: { label: 'Where we are', done: 'done', now: 'now', ahead: 'ahead' },
  stops: {
    sale: ['Start', 'People', 'Papers', 'Checks', 'Closing'],
    lease: ['Start', 'People', 'Papers', 'Checks', 'Keys'],
  },

  next: {
    label: 'Your next step',
    by: (day: string) => `By ${day}.`,
    late: (day: string) => `This was due ${day}. Call today.`,
    how: (first: string) => `Questions, or done already? Tell ${first}.`,
    howNobody: 'Questions, or done already? Tell your coordinator.',
    call: (first: string) => `Call ${first}`,
    write: (first: string) => `Write to ${first}`,
    after: 'After that',
    nothing: 'Nothing for you to do right now',
    nothingText: 'We are working on it. Look in again any time.',
    papers: 'Papers we need from you',
    papersText: (first: string) => `They cannot be sent from this page yet. Ask ${first} how to hand them in.`,
    papersTextNobody: 'They cannot be sent from this page yet. Ask your coordinator how to hand them in.',
    again: 'Needed once more: what came could not be used.',
  },
  waiting: {
    title: 'What closing is waiting for',
    yours: (due: Due | null) => {
      if (due === null) return 'You have it.';
      return due.isPast ? `You have it. It was due ${due.day}.` : `You have it. By ${due.day}.`;
    },
    theirs: (step: WaitingStep, due: Due | null) => {
      const who = step.who.charAt(0).toUpperCase() + step.who.slice(1);
      return due === null
        ? `${who} has it. Nothing for you to do.`
        : `${who} has it. ${expected(due)} Nothing for you to do.`;
    },
    blocked: (due: Due | null) =>
      due === null ? 'Comes after the others.' : `Comes after the others. ${expected(due)}`,
  },
  dates: {
    title: 'Key dates',
    none: 'No dates ahead are known yet.',
    closing: 'Closing',
    more: (count: number) => `Show all ${count} dates`,
    less: 'Show fewer',
    why: 'Why these dates?',
    past: (count: number) => (count === 1 ? 'One date has passed' : `${count} dates have passed`),
    until: (hour: string) => `until ${hour}`,
    agreed: 'Agreed in the contract.',
  },
  people: {
    title: 'People to call',
    call: 'Call',
    write: 'Write',
    callName: (name: string) => `Call ${name}`,
    writeName: (name: string) => `Write to ${name}`,
    role: (contact: Contact, isClient: boolean): string => {
      const company = contact.company === '' ? '' : `, ${contact.company}`;
      return `${isClient ? ROLES_TO_CLIENT[contact.role] : ROLES[contact.role]}${company}`;
    },
  },
  papers: {
    title: 'Papers',
    none: 'No papers are shared with you yet.',
    download: 'Download',
    downloadName: (title: string) => `Download ${title}`,
    signed: 'Signed by everybody.',
    states: {
      approved: '',
      received: 'It is here.',
      'needs-review': 'It is here and being read.',
      rejected: 'It could not be used.',
      requested: 'Asked for.',
      waived: 'Not needed.',
    } satisfies Record<SharedDocument['state'], string>,
    came: (day: string) => `Of ${day}.`,
    off: (first: string) => `To read these, ask ${first} for a copy.`,
    offNobody: 'To read these, ask your coordinator for a copy.',
    keeps: 'It is kept by whoever needs it.',
    failed: 'The download did not start. Try again.',
    started: (title: string) => `${title} is being downloaded.`,
  },
  money: {
    title: 'Before you send money, call',
    text: 'Thieves copy e‑mails about closing. We never send account numbers by e‑mail or text. If anyone does, stop, and call ',
    nobody: 'your coordinator on a number you know',
    on: ' on ',
    pin: 'Never pay from an e‑mail.',
    pinMore: 'Call first.',
  },
  foot: (day: string) => `This link is yours alone. Do not forward it. It works until ${day}.`,
  footPreview: 'This look ends by itself after 30 minutes.',
  side: { buyer: 'Buyer side', seller: 'Seller side', tenant: 'Tenant side', landlord: 'Landlord side' },

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
export type Messages = typeof en;

const ROLES: Readonly<Record<Contact['role'], string>> = {
  client: 'Client',
  'co-client': 'Client',
  agent: 'Agent',
  tc: 'Coordinator',
  admin: 'Office',
  lender: 'Lender',
  title: 'Title and escrow',
  attorney: 'Attorney',
  'other-agent': 'Agent of the other side',
  'other-principal': 'The other side',
};
const ROLES_TO_CLIENT: Readonly<Record<Contact['role'], string>> = {
  ...ROLES,
  agent: 'Your agent',
  tc: 'Keeps everything on time',
  lender: 'Your loan',
  attorney: 'Your attorney',
};

function wrongAnswer(triesLeft: number | undefined): string {
  if (triesLeft === undefined) return 'That is not the word you agreed on. If you are not sure, call your coordinator.';
  if (triesLeft === 0) return 'That is not the code, or it is over. Send a new one.';
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

/** A day in words, and whether it is over. */
export interface Due {
  readonly day: string;
  readonly isPast: boolean;
}

function expected({ day, isPast }: Due): string {
  return isPast ? `It was expected by ${day}.` : `Expected by ${day}.`;
}
