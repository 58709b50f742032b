import type { ChangeKind } from '../../../core/changes/rules.ts';
import type { OwnChange } from '../../api/person-home.ts';
import { asking } from './asking.ts';

/** Words of requests for change: how they stand, and of agreeing to them. */
export const changes = {
  title: 'Changes',
  lead: 'What somebody asks to change. Nothing changes until a signed paper says so.',
  ask: 'Ask for a change',
  none: 'Nobody has asked for a change. If something should be different, ask here or call.',
  noneForYou: 'Nobody has asked you about a change. When somebody does, it stands here.',
  open: 'Being decided',
  over: 'Decided',
  showAll: 'All requests for change',
  forYou: (count: number) => (count === 1 ? 'A change waits for your answer' : `${count} changes wait for your answer`),
  titles: {
    'closing-date': 'Another closing day',
    'possession-date': 'Another day for the keys',
    price: 'Another price',
    credit: 'A credit toward costs',
    'contingency-extension': 'More time for a deadline',
    'option-extension': 'More time for the option',
    repairs: 'Repairs',
    'add-party': 'Somebody joins the deal',
    'remove-party': 'Somebody leaves the deal',
    'power-of-attorney': 'Somebody else signs',
    entity: 'A company or a trust takes part',
    'replace-document': 'A paper is replaced',
    'form-correction': 'A paper is corrected',
    cancellation: 'The deal is cancelled',
    'contact-info': 'A new phone number or e‑mail',
    'bank-info': 'A new bank account',
  } satisfies Record<ChangeKind, string>,
  door: {
    ask: 'Another day, repairs, a paper: nothing changes by asking',
    onTheWay: (count: number) => (count === 1 ? '1 being decided' : `${count} being decided`),
    noneOpen: 'None is open',
  },
  askedBy: (who: string, day: string) => (day === '' ? `Asked by ${who}.` : `Asked by ${who} on ${day}.`),
  you: 'you',
  look: 'Look at it',
  answer: 'Look and answer',
  gone: 'This request is not here any more',
  goneText: 'It may have been taken back. Nothing has changed by it.',

  state: {
    draft: 'Being prepared. Nobody has been asked yet.',
    open: 'Waits for agreement. Nothing has changed yet.',
    approved: 'Agreed by your side. Nothing changes until the paper about it is signed and read.',
    executed: 'In effect. This change has been made.',
    declined: 'Declined. Nothing has changed.',
    expired: 'The time to agree is over. Nothing has changed.',
    withdrawn: 'Taken back. Nothing has changed.',
  } satisfies Record<OwnChange['state'], string>,
  askAgain: 'Ask again',
  waitsForYou: 'Waits for your answer. Nothing has changed yet.',
  what: 'What would change',
  whatHidden: 'What exactly is asked is not shown here. Your coordinator can tell you before you answer.',
  whatPart: 'There is more to this request that is not shown here. Your coordinator can tell you before you answer.',
  whatDone: 'What was asked',
  why: 'Why',
  waits: 'Who must still agree',
  waitsOther: 'The other side is asked by its own agent.',
  log: 'What happened',
  logLine: (who: string, what: string) => (who === '' ? what : `${who}: ${what}`),
  /** The rules name people for the team; here they are named for whoever reads. */
  waiting: (who: string, you: string): string => {
    const bare = who.replace(/^our client (?=\S)/, '').replace(/^the other side (?=\S)/, '');
    if (bare === you) return 'You';
    const said = bare
      .replace(/^our client$/, 'the client')
      .replace(/^our agent$/, 'the agent')
      .replace(/^a reviewer$/, 'the coordinator')
      .replace(/^the broker$/, 'the agent’s office')
      .replace(/^title$/, 'the title company');
    return said.charAt(0).toUpperCase() + said.slice(1);
  },

  agree: 'Agree',
  decline: 'Decline',
  agreeTitle: 'Your answer',
  agreeText:
    'If you agree, the paper about it can be written. You still read and sign that paper before anything changes.',
  agreePartner: 'Your answer is kept with your name and the time. Nothing changes until the paper about it is signed.',
  answered: 'Your answer is kept. Thank you.',
  declineTitle: 'Decline this change?',
  declineText: 'This ends the request for everybody. To ask again, somebody makes a new one.',
  declineReason: 'Why (those who asked read this)',
  declineReasonHelp: 'A few words help the others. You can leave it empty.',
  declineYes: 'Decline this change',
  declineNo: 'Keep it open',
  withdraw: 'Take my request back',
  withdrawTitle: 'Take this request back?',
  withdrawText: 'Nothing changes, and whoever was asked sees that it is over.',
  withdrawYes: 'Take it back',
  withdrawNo: 'Leave it as it is',
  ...asking,
};
