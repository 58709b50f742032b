import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useSimilar } from '../../data/queries.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Draft } from './draft.ts';
import styles from './new-deal.module.css';

/** Deals that look like the one being typed, so that nobody enters one twice. */
export function Similar(props: { readonly draft: Draft; readonly onOpen: () => void }) {
  const { draft } = props;
  const navigate = useNavigate();
  const clientName = draft.people.find((person) => person.role === 'client')?.name ?? '';
  const found = useSimilar(useDeferredValueOf(draft.street, draft.zip, clientName)).data ?? [];
  return (
    <section aria-label="Looks like" aria-live="polite">
      {found.length > 0 && (
        <div className={`banner review ${styles.similar}`}>
          <Icon name="review" />
          <div>
            <b>Looks like {found.length === 1 ? 'a deal' : 'deals'} you have</b>
            <ul>
              {found.slice(0, 4).map((deal) => (
                <li key={deal.dealId}>
                  <button
                    type="button"
                    className="btn link"
                    onClick={() => {
                      props.onOpen();
                      void navigate({ to: '/deals/$dealId', params: { dealId: deal.dealId } });
                    }}
                  >
                    {deal.title}
                  </button>
                  <small>{deal.reasons.join(', ')}</small>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </section>
  );
}

/** Typing comes first; the search follows when there is a moment. */
function useDeferredValueOf(street: string, zip: string, clientName: string) {
  return {
    street: useDeferredValue(street.trim()),
    zip: useDeferredValue(zip.trim()),
    clientName: useDeferredValue(clientName.trim()),
  };
}
