import type { Contact, PersonHome, SharedDocument, WaitingStep } from '../../api/person-home.ts';

/** Words of the home page. */
export const home = {
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
    howNobody: 'Questions? Call your coordinator on a number you know.',
    ask: (first: string) => `Ask ${first}`,
    askAbout: (first: string, title: string) => `Ask ${first} about this: ${title}`,
    call: (first: string) => `Call ${first}`,
    nothing: 'Nothing for you to do right now',
    nothingText: 'We are working on it. Look in again any time.',
  },
  need: {
    others: 'Also needed of you',
    all: (count: number) => `Show all ${count}`,
    send: (title: string, isAgain: boolean) => (isAgain ? `Send us once more: ${title}` : `Send us: ${title}`),
    sendIt: (title: string) => `Send it: ${title}`,
    askedFor: 'We need it from you.',
    paper: 'A PDF is fine, or a photo of each page.',
    paperAgain: (reason: string) =>
      reason === '' ? 'What came could not be used.' : `What came could not be used: “${reason}”`,
    read: (title: string) => `Read: ${title}`,
    readText: 'You are asked to read it here, and to say that you did.',
    answer: (title: string) => `Answer: ${title}`,
    formText: (count: number) =>
      count === 1 ? 'One question. It takes a minute.' : `${count} questions. You can stop, and go on later.`,
    returned: (reason: string) => `Your answers came back: “${reason}”`,
    agree: (title: string) => `Agree or decline: ${title}`,
    buttons: {
      task: 'It is done',
      paper: 'Send it',
      read: 'Read it',
      form: 'Answer the questions',
      change: 'Look at it',
    },
  },
  more: {
    title: 'More',
    papers: 'Papers',
    papersText: (count: number) => (count === 0 ? 'None yet' : count === 1 ? '1 paper' : `${count} papers`),
    messages: 'Messages',
    messagesText: (count: number) => (count === 0 ? 'Write to us' : count === 1 ? '1 message' : `${count} messages`),
    tasks: 'What you have to do',
    tasksText: (open: number, done: number) => `${open} to do, ${done} done`,
    sent: 'What you have sent us',
    sentText: (count: number) => (count === 1 ? '1 paper' : `${count} papers`),
    forms: 'Questions for you',
    formsText: (count: number) => (count === 1 ? '1 form' : `${count} forms`),
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
    place: (place: string) => `For ${place}.`,
    add: 'Add to my calendar',
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
  foot: (day: string) => `This link is yours alone. Do not forward it. It works until ${day}.`,
  footPreview: 'This look ends by itself after 30 minutes.',
  side: { buyer: 'Buyer side', seller: 'Seller side', tenant: 'Tenant side', landlord: 'Landlord side' },
};

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

/** A day in words, and whether it is over. */
export interface Due {
  readonly day: string;
  readonly isPast: boolean;
}

function expected({ day, isPast }: Due): string {
  return isPast ? `It was expected by ${day}.` : `Expected by ${day}.`;
}
