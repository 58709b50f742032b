import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useId } from 'react';
import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { readState } from '../../../core/deals/address-states.ts';
import type { CallInput } from '../../../electron/contract/calls.ts';
import type { NewDatesReply } from '../../../electron/contract/impact.ts';
import type { DateView, StateForm } from '../../../electron/contract/values.ts';
import { call } from '../../data/api.ts';
import { cx } from '../../ui/cx.ts';
import { rowDay } from '../../ui/days.ts';
import { waitsText } from '../deal/stops.ts';
import { anchorsOf, type Draft, factsOf, workflowOfDraft } from './draft.ts';
import styles from './new-deal.module.css';

type Asked = CallInput<'deals:preview-new'>;

/** The dates that the draft would open with; undefined until they are known. */
export type NewDates = Extract<NewDatesReply, { readonly outcome: 'dates' }>;

/** What the dates of a draft are asked by; null while its state is not known. */
function askedOf(draft: Draft, form: StateForm | undefined, today: PlainDate): Asked | null {
  const state = readState(draft.state);
  if (state === null || form === undefined) return null;
  return {
    packId: form.packId,
    packRevision: form.revision,
    state,
    side: draft.side,
    scenario: draft.scenario,
    workflow: workflowOfDraft(draft),
    facts: factsOf(draft, today),
    anchors: anchorsOf(draft, form, today).map(({ name, on }) => ({ name, on })),
  };
}

/** Asked again with every day that is read, never with a letter that changes none. */
export function useNewDates(draft: Draft, form: StateForm | undefined, today: PlainDate): NewDatesReply | undefined {
  const asked = askedOf(useDeferredValue(draft), form, today);
  return useQuery({
    queryKey: ['new-dates', asked],
    queryFn: () => (asked === null ? Promise.reject(new Error('no state yet')) : call('deals:preview-new', asked)),
    enabled: asked !== null,
    placeholderData: asked === null ? undefined : keepPreviousData,
    gcTime: 60_000,
  }).data;
}

/** Every date that follows from what is written so far, with its reason, before the deal is there. */
export function DatesPart(props: {
  readonly draft: Draft;
  readonly reply: NewDatesReply | undefined;
  readonly today: PlainDate;
}) {
  const { draft, reply, today } = props;
  const id = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section className={cx(styles.part, styles.dates)} data-part="dates" aria-labelledby={id} tabIndex={0}>
      <h2 id={id}>
        Dates <span>{reply?.outcome === 'dates' && datesCount(reply)}</span>
      </h2>
      {reply?.outcome === 'dates' && reply.dates.length > 0 ? (
        <ol>
          {reply.dates.map((date) => (
            <NewDate key={date.id} date={date} today={today} />
          ))}
        </ol>
      ) : (
        <p className="t2">{nothingYet(draft, reply)}</p>
      )}
    </section>
  );
}

function NewDate({ date, today }: { readonly date: DateView; readonly today: PlainDate }): ReactNode {
  const why = date.on === null ? waitsText(date) : date.sentence;
  return (
    <li>
      <time className={date.on === null ? 't3' : undefined}>
        {date.on === null ? 'no day yet' : rowDay(date.on, today)}
      </time>
      <b>{date.title}</b>
      <small>{why}</small>
    </li>
  );
}

/** "11 with a day, 4 wait" */
export function datesCount({ dates }: NewDates): string {
  const known = dates.filter(({ on }) => on !== null).length;
  const waiting = dates.length - known;
  if (dates.length === 0) return '';
  return [
    ...(known > 0 ? [`${known} with a day`] : []),
    ...(waiting > 0 ? [`${waiting} ${waiting === 1 ? 'waits' : 'wait'}`] : []),
  ].join(', ');
}

function nothingYet(draft: Draft, reply: NewDatesReply | undefined): string {
  if (reply?.outcome === 'refused') return reply.refusal.message;
  if (readState(draft.state) === null)
    return 'Write the state, and the dates of its form stand here with their reasons.';
  if (workflowOfDraft(draft) === 'contract-to-close') return '';
  return 'No dates before there is a contract. The tasks are due by the day the deal is opened.';
}
