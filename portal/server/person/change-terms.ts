import type { ProposedTerm } from '../../../core/changes/request.ts';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { PartyRole } from '../../../core/deals/model.ts';
import { dayInWords } from '../../../core/documents/day-words.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import { NOT_HERE } from './acting.ts';
import { askableOf, creditOf, possessionOf } from './home/askable.ts';
import type { Eye } from './home/eye.ts';

/** Team members come by their desktop, whatever a request says. */
const NOT_BY_REQUEST: readonly PartyRole[] = ['tc', 'admin'];

/**
 * The terms of a request as they are kept: what they change from is the deal's own, what they name must be there for this
 * person, and rows that they would make get ids of the server (`newId`, by the place of the term).
 */
export function termsFrom(
  eye: Eye,
  terms: readonly ProposedTerm[],
  newId: (part: string) => string,
): Result<readonly ProposedTerm[], ApiError> {
  const kept: ProposedTerm[] = [];
  for (const [at, term] of terms.entries()) {
    const read = termFrom(eye, term, newId(`term ${at}`));
    if (!read.ok) return read;
    kept.push(read.value);
  }
  return ok(kept);
}

function termFrom(eye: Eye, term: ProposedTerm, id: string): Result<ProposedTerm, ApiError> {
  const { kept } = eye;
  switch (term.type) {
    case 'anchor':
      return anchorFrom(eye, term);
    case 'override': {
      const there = askableOf(eye).deadlines.find((deadline) => deadline.id === term.deadlineId);
      if (there === undefined) return err(NOT_HERE);
      return there.on === term.from ? ok(term) : err(moved(there.title, there.on as PlainDate));
    }
    case 'price':
      return ok({ ...term, fromCents: kept.deal.row.priceCents });
    case 'credit':
      return ok({ ...term, fromCents: creditOf(kept.deal) });
    case 'repair':
      return NOT_BY_REQUEST.includes(term.by) ? err(NOT_HERE) : ok({ ...term, taskId: id });
    case 'add-party':
      return NOT_BY_REQUEST.includes(term.role) ? err(NOT_HERE) : ok({ ...term, personId: id });
    case 'remove-party':
    case 'paper':
      return isNamed(
        askableOf(eye).people.map((person) => person.id),
        term.personId,
        term,
      );
    case 'new-version':
    case 'amended-disclosure':
      return isNamed(
        askableOf(eye).papers.map((paper) => paper.lineId),
        term.lineId,
        term,
      );
    default:
      return ok(term);
  }
}

function anchorFrom(eye: Eye, term: Extract<ProposedTerm, { type: 'anchor' }>): Result<ProposedTerm, ApiError> {
  const isClosing = term.name === 'closing';
  const on = isClosing ? (askableOf(eye).closingOn as PlainDate | null) : possessionOf(eye);
  if (on === term.from) return ok(term);
  return err(moved(isClosing ? 'The closing day' : 'The day of possession', on));
}

function isNamed(ids: readonly string[], id: string, term: ProposedTerm): Result<ProposedTerm, ApiError> {
  return ids.includes(id) ? ok(term) : err(NOT_HERE);
}

function moved(what: string, on: PlainDate | null): ApiError {
  const now = on === null ? 'it is not set now' : `it is ${dayInWords(on)} now`;
  return {
    type: 'refused',
    message: `${what} was changed meanwhile: ${now}. Nothing was asked. Look at it again, then ask.`,
  };
}
