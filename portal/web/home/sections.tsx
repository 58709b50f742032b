import type { ReactNode } from 'react';
import type { PersonHome } from '../../api/person-calls.ts';
import { Dates } from './dates.tsx';
import { NextStep } from './next-step.tsx';
import { Papers } from './papers.tsx';
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
  main: [Where, NextStep, Waiting],
  side: [Dates, People, Money],
  below: [Papers],
};

/** A role that is not here gets the page of a client, with what `PersonHome` gives it. */
const BY_ROLE: Partial<Readonly<Record<PersonHome['person']['role'], Sections>>> = {};

export function sectionsOf(role: PersonHome['person']['role']): Sections {
  return BY_ROLE[role] ?? CLIENT;
}
