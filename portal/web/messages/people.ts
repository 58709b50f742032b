import type { ConsentChoice, Contact, OwnProposal } from '../../api/person-home.ts';

type ProposedRole = Contact['role'];

/** Words of who is on the deal, of proposing somebody and of letting an agent read one's figures. */
export const onDeal = {
  title: 'People on this deal',
  lead: 'Who is part of it, and how to reach them.',
  you: 'That is you',
  noReach: 'Ask your coordinator if you need to reach them.',
  nobody: 'Nobody else is shown to you yet. Call your coordinator if you need somebody.',
  write: 'Write',
  count: (people: number) => (people === 1 ? '1 person' : `${people} people`),
  countOpen: (people: number, open: number) =>
    `${people === 1 ? '1 person' : `${people} people`}, ${open} you proposed`,
  propose: 'Propose somebody',
  proposed: 'People you proposed',
  state: (state: OwnProposal['state'], helper: string): string =>
    ({
      open: `${helper} calls them first. They get their own link after that.`,
      accepted: 'They are on the deal now.',
      declined: 'They were not added.',
    })[state],
  because: (reason: string) => (reason === '' ? '' : `Why: ${reason}`),
  yourCoordinator: 'Your coordinator',

  form: {
    title: 'Propose somebody',
    lead: (helper: string) =>
      `They see nothing until ${helper} has called them. Then they get a link of their own, for what their part needs.`,
    closed: 'You cannot propose people on this page. Ask your coordinator.',
    role: 'Who are they',
    name: 'Full name',
    nameHelp: 'For a co-buyer or co-seller: as on their identity card.',
    company: 'Company (you can leave it empty)',
    phone: 'Phone',
    email: 'E‑mail',
    reachHelp: 'One of the two is enough.',
    words: 'Anything we should know (you can leave it empty)',
    send: 'Propose them',
    noName: 'Write their name first.',
    noReach: 'Write a phone number or an e‑mail address, so that your coordinator can call them.',
    badPhone: 'That does not look like a phone number. Write it with its area code.',
    badEmail: 'That does not look like an e‑mail address. It has an @ in it.',
    sent: (name: string) => `${name} is proposed`,
    sentText: (helper: string) => `${helper} calls them first. Until then nothing has been sent to them.`,
    another: 'Propose somebody else',
    back: 'See the people on this deal',
  },
  roles: (role: ProposedRole, side: 'buyer' | 'seller' | 'tenant' | 'landlord', isClient: boolean): string => {
    if (role === 'co-client' && isClient)
      return {
        buyer: 'A co-buyer: buys with you',
        seller: 'A co-seller: sells with you',
        tenant: 'A co-tenant: rents with you',
        landlord: 'A co-landlord: lets with you',
      }[side];
    return ROLES[role];
  },

  consents: {
    title: 'Who may read your closing figures',
    lead: 'The paper with your closing costs, your loan and what you owe is private. Your agent may read it only if you say so.',
    covers: {
      'closing-disclosure': 'Your closing disclosure: the loan, the costs and the cash you need',
      settlement: 'Your settlement statement: what is paid to whom at closing',
    } satisfies Record<ConsentChoice['covers'], string>,
    given: (name: string) => `${name} may read it.`,
    notGiven: (name: string) => `${name} may not read it.`,
    give: (name: string) => `Let ${name} read it`,
    takeBack: 'Take it back',
    later: 'You can take this back at any time. What was read before cannot be unread.',
  },
};

const ROLES: Readonly<Record<ProposedRole, string>> = {
  client: 'The client: buyer or seller, tenant or landlord',
  'co-client': 'One more buyer or seller, tenant or landlord',
  agent: 'An agent',
  tc: 'A coordinator',
  admin: 'The office',
  lender: 'A lender: gives the loan',
  title: 'A title or escrow company: handles the money and the deed',
  attorney: 'An attorney',
  'other-agent': 'The agent of the other side',
  'other-principal': 'Somebody of the other side',
};
