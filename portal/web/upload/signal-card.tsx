import type { CSSProperties } from 'react';
import { Icon, type IconName } from '../icon.tsx';
import { useWords } from '../words.ts';
import { isWhole, percentOf, progressOf } from './pages.ts';
import type { Sent } from './uploader.ts';

type Tone = 'waiting' | 'done' | 'late';
interface Said {
  readonly title: string;
  readonly text: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

/** How it stands, in one sentence, with a meter of one part a page. */
export function SignalCard({ sent }: { readonly sent: Sent }) {
  const { upload } = useWords();
  const { title, text, icon, tone } = useSaid(sent);
  const { pages } = sent.sending;
  const whole = pages.reduce((sum, page) => sum + percentOf(page) / 100, 0);
  const done = (Math.floor(whole * 10) / 10).toString();
  return (
    <section className={`sig ${tone}`} aria-labelledby="signal">
      <Icon name={icon} tone={tone} isLarge />
      <div>
        <div role="status">
          <h2 id="signal">{title}</h2>
        </div>
        <p>{text}</p>
        <div className="meter" role="img" aria-label={upload.card.meter(done, pages.length)}>
          {pages.length > MOST_PARTS ? (
            <Part percent={Math.floor((100 * whole) / pages.length)} isDone={isWhole(sent.sending)} />
          ) : (
            pages.map((page) => <Part key={page.id} percent={percentOf(page)} isDone={page.state === 'sent'} />)
          )}
        </div>
      </div>
    </section>
  );
}

/** More parts than this could not be told apart. */
const MOST_PARTS = 12;

function Part({ percent, isDone }: { readonly percent: number; readonly isDone: boolean }) {
  return (
    <i className={isDone ? 'f' : ''}>
      <i style={{ '--gone': `${percent}%` } as CSSProperties} />
    </i>
  );
}

function useSaid({ sending, filing, isOnline }: Sent): Said {
  const { upload } = useWords();
  const { card } = upload;
  const { pages, sent, current, refused } = progressOf(sending);
  if (filing.at === 'busy' && isOnline)
    return { title: card.filingTitle, text: card.filing, icon: 'waiting', tone: 'waiting' };
  if (!isOnline) {
    const stopped = current !== null && current.percent > 0 ? card.stopped(current.number, current.percent, pages) : '';
    const text = current === null ? card.fileOffline : `${card.safe(sent, pages)} ${stopped}`.trim();
    return { title: card.offlineTitle, text, icon: 'nosignal', tone: 'waiting' };
  }
  if (current !== null) {
    const text = sending.isToSend ? card.toSend : card.safe(sent, pages);
    return { title: card.sendingTitle(current.number, pages), text, icon: 'sent', tone: 'waiting' };
  }
  if (refused > 0) return { title: card.refusedTitle(refused), text: card.refused, icon: 'late', tone: 'late' };
  const isFile = sending.pages.some(({ kind }) => kind === 'file');
  const [title, text] = isFile ? [card.wholeFileTitle, card.wholeFile] : [card.wholeTitle, card.whole];
  return { title, text, icon: 'done', tone: 'done' };
}
