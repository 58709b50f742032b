import type { Approver, Evidence } from '../../../core/changes/rules.ts';
import type { Asked } from '../changes/asked.ts';
import type { Choice, ChoiceGroup } from '../changes/choices.ts';
import type { Wrong } from '../changes/draft.ts';

/** Words of asking for a change, from the choice to the request that is on its way. */
export const asking = {
  choose: {
    title: 'Ask for a change',
    lead: 'What should be different? Nothing changes by asking.',
    lead2: 'Nothing changes by asking. You look it over before it is sent.',
    none: 'There is nothing to ask for here now. Call your coordinator, who can say what is possible.',
    groups: {
      dates: 'Dates',
      home: 'The home and the money',
      people: 'People',
      papers: 'Papers',
      reach: 'How to reach you',
      end: 'Ending it',
    } satisfies Record<ChoiceGroup, string>,
    kinds: {
      'closing-date': 'Close later or earlier',
      'possession-date': 'Hand over the keys on another day',
      'contingency-extension': 'More time for a deadline',
      repairs: 'Repairs, or money instead',
      price: 'Change the price',
      credit: 'Ask for a credit toward costs',
      'add-party': 'Somebody joins',
      'remove-party': 'Somebody leaves',
      'power-of-attorney': 'Somebody else signs',
      entity: 'A company or a trust takes part',
      'replace-document': 'Replace a paper',
      'form-correction': 'Correct a mistake in a paper',
      'contact-info': 'A new phone number or e‑mail',
      'bank-info': 'A new bank account for money to you',
      cancellation: 'Cancel: end the whole deal',
    } satisfies Record<Choice, string>,
  },

  form: {
    today: (day: string) => `Now: ${day}.`,
    noDay: 'No day is agreed yet.',
    newDay: 'New day',
    newDayIs: (day: string, moved: number) => `${day}, ${daysMoved(moved)}.`,
    weekend: 'Offices and banks are mostly closed that day.',
    deadline: 'Which deadline',
    deadlineOn: (title: string, day: string) => `${title}, now ${day}`,
    choose: 'Choose one',
    works: 'What should be repaired',
    worksHelp: 'One thing a line, as plainly as you can: “Leak under the kitchen sink”.',
    work: (place: number) => `Repair ${place}`,
    addWork: 'Add another repair',
    drop: 'Remove',
    dropWork: (place: number) => `Remove repair ${place}`,
    instead: 'Money instead, or in addition (you can leave it empty)',
    insteadHelp: 'A credit at closing, in dollars.',
    price: 'New price in dollars',
    priceNow: (amount: string) => `Now: ${amount}.`,
    priceNone: 'No price is written down yet.',
    credit: 'Credit in dollars',
    creditNone: 'There is no credit yet.',
    who: 'Who',
    joinName: 'Their full name, as on their identity card',
    joinRole: 'They join as',
    joinRoles: {
      'co-client': 'One more buyer or seller, or tenant or landlord',
      attorney: 'Attorney',
      lender: 'Lender',
      title: 'Title or escrow company',
    },
    paper: 'Which paper',
    entity: 'What takes part',
    entities: { trust: 'A trust', entity: 'A company' },
    reachBy: 'What is new',
    reachByPhone: 'Phone number',
    reachByEmail: 'E‑mail address',
    newPhone: 'New phone number',
    newEmail: 'New e‑mail address',
    reachNote: 'Your coordinator calls you on the number they have now, and changes it after that call.',
    bankNote:
      'Never write account numbers here or in an e‑mail. Your coordinator calls you on a number they know. Only that you asked is kept, no number.',
    cancelNote: 'Talk to your agent before you ask for this. Deposits and duties may depend on how and when it ends.',
    reason: {
      plain: 'Why (you can leave it empty)',
      'power-of-attorney': 'Who will sign, and why',
      'replace-document': 'What is wrong with it',
      'form-correction': 'What is wrong, and what would be right',
      cancellation: 'Why it should end',
    },
    reasonHelp: 'Everybody who is asked to agree may read this. No account numbers.',
    next: 'Look it over',
  },
  wrong: {
    'no-day': 'Choose the new day first.',
    'past-day': 'That day is over. Choose today or a later day.',
    'same-day': 'That is the day as it is now. Choose another one.',
    'no-deadline': 'Choose which deadline needs more time.',
    'no-amount': 'Write an amount in dollars, such as 12,500.',
    'same-amount': 'That is the amount as it is now. Write another one.',
    'no-work': 'Write at least one repair, or an amount instead.',
    'no-paper': 'Choose the paper first.',
    'no-name': 'Write the name first.',
    'no-person': 'Choose the person first.',
    'no-email': 'That does not look like an e‑mail address. It has an @ in it.',
    'no-phone': 'That does not look like a phone number. Write it with its area code.',
    'no-reason': 'Write a few words, so that the others understand.',
  } satisfies Record<Wrong, string>,

  review: {
    title: 'Look it over',
    lead: 'Nothing has been sent yet.',
    ask: 'You ask for this',
    reason: 'Because',
    after: 'What happens then',
    send: 'Send my request',
    edit: 'Change something',
    cancelTitle: 'End the whole deal?',
    cancelText: 'If everybody agrees and signs, the deal is over and cannot be taken up again here.',
    cancelSend: 'Ask to end the deal',
    cancelKeep: 'Keep the deal',
    sentences: {
      day: (what: string, from: string, to: string) =>
        from === '' ? `${what}: ${to}.` : `${what}: ${to} instead of ${from}.`,
      closing: 'Closing',
      possession: 'Handing over the keys',
      repair: (title: string) => `Repair: ${title}`,
      price: (to: string, from: string) => (from === '' ? `A price of ${to}.` : `A price of ${to} instead of ${from}.`),
      credit: (to: string, from: string) =>
        from === '' ? `A credit of ${to} at closing.` : `A credit of ${to} at closing instead of ${from}.`,
      join: (name: string, role: string) => `${name} joins. ${role}.`,
      leave: (name: string) => `${name} leaves the deal, and their link ends.`,
      signer: (name: string) => `Somebody else signs for ${name}.`,
      entity: (what: string, name: string) => `${what} takes part with ${name}.`,
      replace: (title: string) => `A new version of “${title}”. The old one is kept.`,
      correct: (title: string) => `A correction of “${title}”. The old one is kept.`,
      phone: (to: string) => `Your new phone number: ${to}`,
      email: (to: string) => `Your new e‑mail address: ${to}`,
      bank: 'A new bank account for money to you. Your coordinator calls about it.',
      cancel: 'The deal ends.',
    },
  },
  after: {
    nothing: 'Nothing changes now.',
    asked: (who: readonly string[]) => `First we ask: ${list(who)}.`,
    evidence: {
      'executed-contract': 'If they agree, a paper about it is written. It counts when everybody has signed it.',
      'reviewed-document': 'If they agree, the paper comes here and is read. It counts from then on.',
      'call-back': 'Your coordinator calls you on a number they have had for longer. Nothing changes before that call.',
    } satisfies Record<Evidence, string>,
    see: 'You can see here at any time how it stands, and take it back until it is decided.',
    /** `beside`: whoever else is on the client's side, by name. */
    who: ({ approver, isMaybe }: Asked, isClient: boolean, beside: readonly string[]): string => {
      const own = isClient && approver === 'own-principal' && beside.length > 0 ? list(beside) : null;
      const who = own ?? (isClient ? WHO_TO_CLIENT[approver] : WHO[approver]);
      return isMaybe ? `${who}, if it touches them` : who;
    },
  },
  sent: {
    title: 'Your request is on its way',
    text: 'Nothing has changed yet. You will see here who has answered.',
    list: 'See how it stands',
    home: 'Back to my page',
  },
};

const WHO: Readonly<Record<Approver, string>> = {
  'own-principal': 'your clients',
  'other-principal': 'the other side',
  'own-agent': 'the agent',
  broker: 'the agent’s office',
  reviewer: 'the coordinator',
  lender: 'the lender',
  title: 'the title company',
};
const WHO_TO_CLIENT: Readonly<Record<Approver, string>> = {
  ...WHO,
  'own-principal': 'whoever is on the deal with you',
  'own-agent': 'your agent',
  broker: 'your agent’s office',
  reviewer: 'your coordinator',
};

function list(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')}, and ${items.at(-1)}`;
}

function daysMoved(days: number): string {
  const count = Math.abs(days);
  const many = count === 1 ? '1 day' : `${count} days`;
  return days >= 0 ? `${many} later` : `${many} earlier`;
}
