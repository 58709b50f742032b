import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOCUMENT_CLASSES, type DocumentFacts } from '../documents/document.ts';
import type { Actor } from './actor.ts';
import type { Consent } from './consent.ts';
import { agent, deal, doc, documents, everybody, input, marksIn, people } from './testing.ts';
import { type ViewInput, viewFor } from './view.ts';

const consent = fc.record({
  id: fc.uuid(),
  byPersonId: fc.constantFrom('p-client', 'p-co-client', 'p-other-principal', 'p-lender'),
  toId: fc.constantFrom('p-agent', 'm-agent', 'p-other-agent', 'p-client'),
  covers: fc.constantFrom('closing-disclosure' as const, 'settlement' as const),
  givenAt: fc.constant('2026-06-03T10:00:00.000Z'),
  withdrawnAt: fc.constantFrom(null, '2026-06-04T10:00:00.000Z'),
});
const hats = fc.subarray([...everybody], { minLength: 1 });
const anyDocument: fc.Arbitrary<DocumentFacts> = fc
  .record({
    class: fc.constantFrom(...DOCUMENT_CLASSES),
    suffix: fc.constantFrom(null, 'BS' as const, 'FE' as const),
    state: fc.constantFrom('approved' as const, 'needs-review' as const),
    side: fc.constantFrom('buyer' as const, 'seller' as const, 'both' as const),
    uploadedBy: fc.constantFrom(null, 'p-client', 'p-lender', 'm-tc'),
    aboutPersonIds: fc.subarray(['p-client', 'p-co-client', 'p-other-principal']),
    sharedBy: fc.constantFrom(null, 'lender' as const),
    paidBySide: fc.constantFrom(null, 'buyer' as const, 'seller' as const),
    requiredByLender: fc.boolean(),
    sharedWithOtherSide: fc.boolean(),
  })
  .map((more) => doc('any', more.class, more));

/** Every path to a leaf, so "wider" means: more paths, the same values. */
function leaves(value: unknown, path = '', found: Set<string> = new Set()): Set<string> {
  if (value === null || typeof value !== 'object') found.add(`${path}=${String(value)}`);
  else if (Array.isArray(value)) for (const part of value) leaves(part, `${path}[${String(part?.id)}]`, found);
  else for (const [key, part] of Object.entries(value)) leaves(part, `${path}.${key}`, found);
  return found;
}
const beyond = (one: Set<string>, other: Set<string>): string[] => [...one].filter((leaf) => !other.has(leaf));
const viewLeaves = (actors: readonly Actor[], given: ViewInput): Set<string> => leaves(viewFor(actors, given) ?? {});
const withConsents = (consents: readonly Consent[], documentsNow: readonly DocumentFacts[] = documents): ViewInput => ({
  ...input,
  beside: { ...input.beside, documents: documentsNow },
  context: { ...input.context, consents },
});

describe('laws', () => {
  test('removing a role never widens a view, and the view of several is the union of each', () => {
    fc.assert(
      fc.property(hats, fc.array(consent, { maxLength: 4 }), anyDocument, (held, consents, any) => {
        const given = withConsents(consents, [...documents, any]);
        const all = viewLeaves(held, given);
        const union = new Set(held.flatMap((hat) => [...viewLeaves([hat], given)]));
        expect(all).toEqual(union);
        for (const gone of held) {
          const fewer = held.filter((hat) => hat !== gone);
          expect(beyond(viewLeaves(fewer, given), all)).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('taking a person off the deal never widens anybody else', () => {
    fc.assert(
      fc.property(hats, fc.constantFrom(...people), fc.array(consent, { maxLength: 4 }), (held, gone, consents) => {
        const before = withConsents(consents);
        const after = { ...before, deal: { ...deal, people: people.filter((person) => person.id !== gone.id) } };
        expect(beyond(viewLeaves(held, after), viewLeaves(held, before))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('adding a consent never narrows a view', () => {
    fc.assert(
      fc.property(hats, fc.array(consent, { maxLength: 4 }), consent, anyDocument, (held, consents, added, any) => {
        const before = viewLeaves(held, withConsents(consents, [...documents, any]));
        const after = viewLeaves(held, withConsents([...consents, added], [...documents, any]));
        expect(beyond(before, after)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("the buyer's agent reads the closing disclosure with everybody's consent, and not a day after it is withdrawn", () => {
    const of = (byPersonId: string, withdrawnAt: string | null = null): Consent => ({
      id: byPersonId,
      byPersonId,
      toId: 'm-agent',
      covers: 'closing-disclosure',
      givenAt: '2026-06-03T10:00:00.000Z',
      withdrawnAt,
    });
    const reads = (consents: readonly Consent[]) => marksIn(viewFor(agent, withConsents(consents))).has('doc.cd.file');
    expect(reads([of('p-client')])).toBe(false);
    expect(reads([of('p-client'), of('p-co-client')])).toBe(true);
    expect(reads([of('p-client'), of('p-co-client', '2026-06-05T10:00:00.000Z')])).toBe(false);
  });
});
