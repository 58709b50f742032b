import { capacitiesOf, missingApprovals } from '../../../../core/changes/approvals.ts';
import { hasRunOut, isLive, stateAt } from '../../../../core/changes/conflicts.ts';
import { bareTerm, changeFactsOf } from '../../../../core/changes/facts.ts';
import { APPROVER_WORDS, type Approver } from '../../../../core/changes/rules.ts';
import { type TermNames, termSentence } from '../../../../core/changes/words.ts';
import type { ChangeRow } from '../../../../core/deals/model.ts';
import { filedAs } from '../../../../core/documents/document-facts.ts';
import { may } from '../../../../core/permissions/may.ts';
import type { OwnChange } from '../../../api/person-home.ts';
import { isClient } from '../deal-facts.ts';
import { type Eye, isOurSide, nameFor } from './eye.ts';

/** The requests that this person may know of, newest first; of the other side's no more than that it is asked. */
export function changesOf(eye: Eye): OwnChange[] {
  const rows = new Map(eye.kept.deal.changes.map((row) => [row.id, row]));
  const names = namesFor(eye);
  return eye.view.requests
    .flatMap((seen): OwnChange[] => {
      const row = rows.get(seen.id ?? '');
      if (row === undefined || seen.title === undefined) return [];
      const terms = termsFor(eye, row);
      const seesCourse = mayOf(eye, row, 'change-course');
      return [
        {
          ...{
            id: row.id,
            kind: row.kind,
            title: seen.title,
            state: stateAt(row, eye.counted.now),
            askedAt: row.openedAt,
          },
          terms: terms.map((term) => termSentence(seesCourse ? term : bareTerm(term), names)),
          isPartOnly: terms.length > 0 && terms.length < row.terms.length,
          reason: seesCourse ? row.reason : '',
          askedBy: nameFor(eye, row.requestedBy),
          approveAs: approveAsOf(eye, row),
          mayWithdraw: row.requestedBy === eye.person.id && isLive(row),
          waitsFor: waitsForOf(eye, row),
          log: seesCourse ? logOf(eye, row) : [],
        },
      ];
    })
    .toSorted((a, b) => ((a.askedAt ?? '') < (b.askedAt ?? '') ? 1 : -1));
}

/** Whoever is asked and is not of our side reads what it names as far as they may know it; part by part. */
function termsFor(eye: Eye, row: ChangeRow): ChangeRow['terms'] {
  const change = changeFactsOf(row, eye.kept);
  return row.terms.filter(
    ({ type }) =>
      may(eye.actor, 'see', { type: 'change-terms', change: { ...change, termTypes: [type] } }, eye.context).ok,
  );
}

function mayOf({ actor, kept, context }: Eye, row: ChangeRow, type: 'change-course'): boolean {
  return may(actor, 'see', { type, change: changeFactsOf(row, kept) }, context).ok;
}

/** What a request names, in this person's words; what is not theirs to see has no name. */
function namesFor(eye: Eye): TermNames {
  const { view, kept, counted, person } = eye;
  const titleOf = (id: string) => counted.deadlines.find((deadline) => deadline.id === id)?.rule.title ?? '';
  return {
    anchor: (name) =>
      name === 'closing' && isClient(person.role) ? 'Closing' : (counted.anchorTitles.get(name) ?? ''),
    // Who is asked for more time must be told for what; the day itself stays where their dates are.
    deadline: (id) => view.deadlines.find((seen) => seen.id === id)?.title ?? (isOurSide(eye) ? '' : titleOf(id)),
    person: (id) => nameFor(eye, id),
    line: (id) => view.documents.find((seen) => filedAs(kept.deal, seen.id ?? '')?.line.id === id)?.title ?? '',
  };
}

/** In which capacity this person's word is still missing; null for none, or when it is settled without it. */
function approveAsOf(eye: Eye, row: ChangeRow): Approver | null {
  const { actor, context, kept, person, isOver } = eye;
  const thing = { type: 'change', change: changeFactsOf(row, kept) } as const;
  if (isOver || row.state !== 'open' || hasRunOut(row, eye.counted.now) || !may(actor, 'approve', thing, context).ok)
    return null;
  const judged = changeContextOf(eye);
  const own = capacitiesOf(actor, judged);
  const slot = missingApprovals(row, judged).find(
    ({ approver, personId }) => own.includes(approver) && (personId === null || personId === person.id),
  );
  return slot?.approver ?? null;
}

const OUR_SLOTS: readonly Approver[] = ['own-principal', 'own-agent', 'broker', 'reviewer', 'lender', 'title'];

/** Who has not spoken yet. Our side hears of the other one that it has not, and not who of it; others of themselves alone. */
function waitsForOf(eye: Eye, row: ChangeRow): string[] {
  if (row.state !== 'open' || hasRunOut(row, eye.counted.now)) return [];
  const missing = missingApprovals(row, changeContextOf(eye));
  if (!isOurSide(eye)) {
    const own = capacitiesOf(eye.actor, changeContextOf(eye));
    return missing
      .filter(({ approver, personId }) => own.includes(approver) && (personId === null || personId === eye.person.id))
      .map(() => eye.person.name);
  }
  const ours = missing.filter(({ approver }) => OUR_SLOTS.includes(approver)).map(({ words }) => words);
  const hasOther = missing.some(({ approver }) => approver === 'other-principal');
  return hasOther ? [...ours, APPROVER_WORDS['other-principal']] : ours;
}

/** Ids are for the team; a page says that another request came first. */
function logOf(eye: Eye, { log }: ChangeRow): OwnChange['log'] {
  return log.map(({ at, byId, what }) => ({
    at,
    who: byId === null ? '' : nameFor(eye, byId),
    what: what
      .replace(/ It waits for [^.]*, which came first\.$/, ' It waits for another request, which came first.')
      .replace(/ request [\w.-]+, which asked/, ' another request, which asked'),
  }));
}

function changeContextOf({ kept }: Eye) {
  return { deal: kept.deal, teamIds: kept.teamIds, others: kept.deal.changes };
}
