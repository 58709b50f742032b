import type { MissingStep, OtherDeal } from '../../api/person-home.ts';

/** Words for those who work on the deal and for the other side. */
export const partners = {
  about: {
    title: 'What this page is',
    agent:
      'Everything on your deal in one place: what is missing and who has it, dates, papers, and what needs your yes.',
    lender:
      'What you need for the loan: financing and closing dates, what is asked of you, your papers, and changes that touch the loan.',
    title2:
      'What you need for title and escrow: the closing date, the contract, title papers, what is asked of you, and changes.',
    attorney: 'Your client’s side of the deal: its dates, its papers, and changes you may ask for.',
    'other-agent':
      'What both sides share: dates, the signed contract, what was sent to you, and requests for you to answer.',
    'other-principal': 'What both sides share: dates, the signed contract, and what was sent to you.',
    call: (name: string) => `Questions? Call ${name}, who keeps everything on time.`,
    nobody: 'Questions? Call the coordinator on a number you know.',
  },
  missing: {
    title: 'What is missing now',
    none: 'Nothing is missing for this stage.',
    who: (who: string) => `${who.charAt(0).toUpperCase()}${who.slice(1)} has it.`,
    state: {
      open: '',
      waiting: 'Waiting for it.',
      blocked: 'It waits for another step.',
      review: 'It is here and being read.',
    } satisfies Record<MissingStep['state'], string>,
    more: (count: number) => `Show all ${count}`,
    less: 'Show fewer',
  },
  deals: {
    title: 'Your other deals with us',
    open: (title: string) => `Open ${title}`,
    openIt: 'Open',
    closing: (day: string) => `Closing ${day}`,
    noClosing: 'No closing day yet',
    missing: (count: number) =>
      count === 0 ? 'nothing missing' : count === 1 ? '1 thing missing' : `${count} things missing`,
    stage: {
      intake: 'Start',
      parties: 'People',
      disclosures: 'First papers',
      milestones: 'Checks',
      changes: 'A change is being worked out',
      closing: 'Closing',
    } satisfies Record<OtherDeal['stage'], string>,
    switching: 'Opening it.',
  },
};
