import { Suspense } from 'react';
import type { DealView } from '../../../electron/contract/values.ts';
import { useLead } from '../../data/leads.ts';
import { preloadable } from '../../ui/preloadable.tsx';

const LeadBanner = preloadable(() => import('./lead-banner.tsx').then((it) => it.LeadBanner));

/** What a deal that came in by an intake link waits for. Nothing on any other deal, nor once it was taken. */
export function LeadLine(props: { readonly deal: DealView }) {
  const lead = useLead(props.deal.id).data;
  if (!lead || lead.state === 'accepted' || lead.state === 'declined') return null;
  return (
    <Suspense fallback={null}>
      <LeadBanner deal={props.deal} lead={lead} />
    </Suspense>
  );
}
