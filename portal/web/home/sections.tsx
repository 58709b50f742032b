import type { ReactNode } from 'react';
import type { PersonHome } from '../../api/person-home.ts';
import { AfterClosing } from '../closing/after-closing.tsx';
import { About } from '../partners/about.tsx';
import { Missing } from '../partners/missing.tsx';
import { OtherDeals } from '../partners/other-deals.tsx';
import { ProposeLink } from '../people/propose-link.tsx';
import { UnsentPages } from '../upload/unsent.tsx';
import { Dates } from './dates.tsx';
import { More } from './more.tsx';
import { NextStep } from './next-step.tsx';
import { Money, People } from './people.tsx';
import { Waiting } from './waiting.tsx';
import { Where } from './where.tsx';

/** One part of the home page. It takes what it shows from `useDeal()`, and draws nothing when there is nothing to show. */
export type Section = () => ReactNode;

/** On a phone one under another; on a wide page `side` stands beside `main`. */
export interface Sections {
  readonly main: readonly Section[];
  readonly side: readonly Section[];
  readonly below: readonly Section[];
}

const CLIENT: Sections = {
  main: [Where, AfterClosing, UnsentPages, NextStep, Waiting],
  side: [Dates, People, ProposeLink, Money],
  below: [More],
};

/** Whoever works on the deal: what the page is and whom to call comes first. */
const PARTNER: Sections = {
  ...CLIENT,
  main: [Where, About, AfterClosing, UnsentPages, NextStep, Waiting],
};

/** Our agent sees what is missing and who has it, and their other deals. */
const AGENT: Sections = {
  ...CLIENT,
  main: [Where, About, AfterClosing, UnsentPages, NextStep, Missing, OtherDeals],
};

/** The other side has no steps here: what both share, and what it is asked to answer. */
const OTHER_SIDE: Sections = { ...CLIENT, main: [Where, About, AfterClosing, UnsentPages, NextStep] };

/** A role that is not here gets the page of a client, with what `PersonHome` gives it. */
const BY_ROLE: Partial<Readonly<Record<PersonHome['person']['role'], Sections>>> = {
  agent: AGENT,
  lender: PARTNER,
  title: PARTNER,
  attorney: PARTNER,
  'other-agent': OTHER_SIDE,
  'other-principal': OTHER_SIDE,
};

export function sectionsOf(role: PersonHome['person']['role']): Sections {
  return BY_ROLE[role] ?? CLIENT;
}
