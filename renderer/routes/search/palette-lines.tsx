import { useNavigate, useParams } from '@tanstack/react-router';
import type { SearchHit } from '../../../electron/contract/papers.ts';
import { useDeal } from '../../data/queries.ts';
import { type SearchPlace, useSearchAll, useSettled } from '../../data/search.ts';
import { PLATE_KINDS, sideSays } from '../../data/words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Plate } from '../../ui/marks.tsx';
import type { Line } from '../frame/palette.tsx';
import { useOpenHit } from './open-hit.ts';
import { Snippet } from './snippet.tsx';

/** The line that leads to the search screen; Ctrl Enter takes it from anywhere in the list. */
export const SEARCH_ALL = 'search-all';
const SHOWN = 6;
/** Later than the palette's own question, which nobody should wait for. */
const SETTLED_MS = 120;

/**
 * What the palette shows below its own: the way to the search screen, then the best documents and notes. `isOn` while its
 * own list is of what was typed.
 */
export function useSearchLines(text: string, isOn: boolean): readonly Line[] {
  const navigate = useNavigate();
  const openHit = useOpenHit();
  const { dealId } = useParams({ strict: false });
  const deal = useDeal(dealId ?? null).data;
  const settled = useSettled(isOn ? text : '', SETTLED_MS);
  // One letter begins too many words to be worth a list.
  const asked = settled.length > 1 && text !== '' ? settled : '';
  const hits = useSearchAll({ text: asked, kinds: ['document', 'note'] }, SHOWN).data ?? [];
  if (text === '') return [];
  const open = (search: SearchPlace) => void navigate({ to: '/search', search });
  const everywhere: Line = {
    id: SEARCH_ALL,
    title: `Search everything for "${text}"`,
    detail: '',
    mark: <Icon name="search" />,
    does: () => open({ q: text }),
  };
  const here: Line[] = deal
    ? [
        {
          ...everywhere,
          id: 'search-deal',
          title: `Search ${deal.plate} ${deal.streetName} for "${text}"`,
          does: () => open({ q: text, deal: deal.id }),
        },
      ]
    : [];
  return [{ ...everywhere, keys: 'Mod Enter' }, ...here, ...hits.map((hit) => hitLine(hit, () => openHit(hit)))];
}

function hitLine(hit: SearchHit, does: () => void): Line {
  const { deal } = hit;
  return {
    id: `hit-${hit.kind}-${hit.refId}`,
    title: hit.title,
    detail: hit.snippet.length > 0 ? <Snippet of={hit.snippet} /> : hit.detail,
    mark: <Plate number={deal.plate} kind={PLATE_KINDS[deal.side]} says={sideSays(deal.side)} />,
    does,
  };
}
