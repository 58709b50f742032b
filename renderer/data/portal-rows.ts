import { useQuery } from '@tanstack/react-query';
import { listText } from '../../core/deadlines/day-text.ts';
import type { NamedPerson, PaperSaid, PaperView, PortalRows, Sight } from '../../electron/contract/portal-rows.ts';
import { createStore, type Store } from '../ui/store.ts';
import { call } from './api.ts';
import { keys } from './queries.ts';
import type { Session } from './session.tsx';

/** What people sent, read, answered and proposed. Below the deal's own key: what makes the deal old makes this old. */
export function usePortalRows(dealId: string): PortalRows | undefined {
  return useQuery({
    queryKey: [...keys.deal(dealId), 'portal-rows'],
    queryFn: () => call('portal-rows:of', { dealId }),
  }).data;
}

/** What is known of one file beside its bytes; undefined while it is read. */
export function usePaper(dealId: string, versionId: string): PaperView | undefined {
  return usePortalRows(dealId)?.papers.find((paper) => paper.versionId === versionId);
}

/** Who would read a file if this were said of it; the answer before stays until the next is there. */
export function useSight(of: { readonly dealId: string; readonly versionId: string; readonly said: PaperSaid }) {
  const { dealId, versionId, said } = of;
  return useQuery({
    queryKey: [...keys.deal(dealId), 'sight', versionId, said],
    queryFn: () => call('portal-rows:sight', { dealId, versionId, said }),
    placeholderData: (before) => before,
  }).data;
}

/** "Priya Raman and Dev Raman" */
export function namesText(people: readonly Pick<NamedPerson, 'name'>[]): string {
  return listText(people.map(({ name }) => name));
}

/** Who reads a file, as sentences. Whether they have a link to read it by is told beside their names. */
export function sightText({ now, onceApproved }: Sight): string {
  const sees = now.length === 0 ? '' : `${namesText(now)} may read it.`;
  const will = onceApproved.length === 0 ? '' : `${namesText(onceApproved)} may read it once it is approved.`;
  return [sees, will].filter(Boolean).join(' ') || 'It is on nobody’s page.';
}

type Wanted = 'form' | 'proposal' | 'person' | 'request' | 'questions';
const wanted: Readonly<Record<Wanted, WeakMap<Session, Store<string | null>>>> = {
  form: new WeakMap(),
  proposal: new WeakMap(),
  person: new WeakMap(),
  request: new WeakMap(),
  questions: new WeakMap(),
};

/**
 * What is to be shown when its place on the deal opens: set it, then go there. A form, a proposal, a person by id; by the
 * deal's id the dialog that asks for a document or asks questions.
 */
export function toShow(session: Session, what: Wanted): Store<string | null> {
  const there = wanted[what].get(session) ?? createStore<string | null>(null);
  wanted[what].set(session, there);
  return there;
}
