import type { SentPaper } from '../../api/person-home.ts';
import { momentOf } from '../format.ts';
import { Icon, type IconName } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';

const ICONS: Readonly<Record<SentPaper['state'], { readonly name: IconName; readonly tone?: 'done' | 'review' }>> = {
  waiting: { name: 'eye', tone: 'review' },
  approved: { name: 'done', tone: 'done' },
  rejected: { name: 'back' },
  replaced: { name: 'paper' },
};

/** What this person sent, newest first, and what became of it. */
export function SentScreen() {
  const { sent, locale } = useWords();
  const { home } = useDeal();
  return (
    <Screen title={sent.title}>
      {home.sent.length === 0 ? (
        <p className="t2">{sent.none}</p>
      ) : (
        <section className="papers">
          <ol>
            {home.sent.map((paper) => (
              <li key={paper.versionId}>
                <Icon {...ICONS[paper.state]} />
                <div>
                  <b>{paper.title}</b>
                  <p>
                    {sent.states[paper.state]} {paper.reason === '' ? '' : sent.because(paper.reason)}
                  </p>
                  <p>{sent.when(momentOf(paper.sentAt, new Date(), locale), paper.version)}</p>
                </div>
              </li>
            ))}
          </ol>
        </section>
      )}
    </Screen>
  );
}
