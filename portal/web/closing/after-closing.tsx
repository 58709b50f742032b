import type { ReactNode } from 'react';
import { longDay, plainDay } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

/** On the home page, whose title says the day already. */
export function AfterClosing() {
  const { closing } = useWords();
  const { home, go } = useDeal();
  const isClosed = home.progress?.outcome === 'closed';
  return (
    <Over isHeaded>
      {isClosed && (
        <button type="button" className="btn" onClick={() => go({ screen: 'closing' })}>
          {closing.over.see}
        </button>
      )}
    </Over>
  );
}

/** That the deal is over: closed, with where the papers are and until when the link works, or ended. Nothing before. */
export function Over({ isHeaded, children }: { readonly isHeaded: boolean; readonly children?: ReactNode }) {
  const { closing, locale } = useWords();
  const { home } = useDeal();
  const { over } = closing;
  const { progress, person, place, today } = home;
  if (progress === null || progress.outcome === null) return null;
  if (progress.outcome === 'withdrawn')
    return (
      <section className="next calm" aria-labelledby="over">
        <h2 id="over">{over.withdrawn}</h2>
        <p>{over.withdrawnText}</p>
      </section>
    );
  const isClient = person.role === 'client' || person.role === 'co-client';
  const hasPapers = home.documents.some(({ isFinal }) => isFinal);
  return (
    <section className="next calm" aria-labelledby="over">
      <h2 id="over">{isClient ? over.sale[place.side] : over.professional}</h2>
      {!isHeaded && progress.closedOn !== null && (
        <p>
          <Icon name="done" tone="done" /> {over.closedOn(longDay(progress.closedOn, today, locale))}
        </p>
      )}
      {isClient && <p>{over.congratulations}</p>}
      <p>{hasPapers ? over.where : over.whereNone}</p>
      {!home.isPreview && <p>{over.until(plainDay(home.endsOn, today, locale))}</p>}
      {children}
    </section>
  );
}
