import { useEffect, useState } from 'react';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import { keptHere } from './kept.ts';
import type { Sending } from './pages.ts';
import { scopeOf } from './scope.ts';
import './unsent.css';

/** On home: pages that were begun and not sent, in this tab or in one that was closed. Nothing otherwise. */
export function UnsentPages() {
  const { home, go } = useDeal();
  const { upload } = useWords();
  const sendings = useUnsent(scopeOf(home));
  if (home.isPreview || sendings.length === 0) return null;
  return (
    <ul className="unsent">
      {sendings.map(({ key, isElse, lineId, title, pages }) => {
        const isFile = pages.some(({ kind }) => kind === 'file');
        const words = upload.unsent;
        return (
          <li key={key}>
            <Icon name="waiting" tone="waiting" isLarge />
            <div>
              <h2>{isFile ? words.titleFile : words.title(pages.length)}</h2>
              <p className="t2">{title === '' ? words.textElse : isFile ? words.textFile(title) : words.text(title)}</p>
            </div>
            <button
              type="button"
              className="btn"
              onClick={() => go({ screen: 'upload', id: idOf(isElse, lineId, key) })}
            >
              {words.go}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** A paper that was asked for and became something else is still found under the paper it began as. */
function idOf(isElse: boolean, lineId: string, key: string): string {
  return isElse ? key.slice(key.lastIndexOf('|') + 1) : lineId;
}

function useUnsent(scope: string): readonly Sending[] {
  const [sendings, setSendings] = useState<readonly Sending[]>([]);
  useEffect(() => {
    let isGone = false;
    const look = async () => {
      const found = await (await keptHere()).ofScope(scope).catch(() => []);
      if (!isGone) setSendings(found.filter(({ pages }) => pages.length > 0));
    };
    void look();
    return () => {
      isGone = true;
    };
  }, [scope]);
  return sendings;
}

/** What was not sent is forgotten on this device: somebody signed out of it by hand. */
export async function forgetUnsent(): Promise<void> {
  await (await keptHere()).clear().catch(() => {});
}
