import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { SearchHit } from '../../../electron/contract/papers.ts';
import { lineToShow } from '../../data/papers.ts';
import { placeOfHit } from '../../data/search.ts';
import { useSession } from '../../data/session.tsx';

/** Opens the deal of a hit at the part that holds it; of a document, with its line picked. */
export function useOpenHit(): (hit: SearchHit) => void {
  const navigate = useNavigate();
  const session = useSession();
  return useCallback(
    (hit) => {
      if (hit.lineId !== null) lineToShow(session).set(hit.lineId);
      void navigate(placeOfHit(hit));
    },
    [navigate, session],
  );
}
