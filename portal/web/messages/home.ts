import type { Contact, PersonHome, SharedDocument, WaitingStep } from '../../api/person-calls.ts';

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
