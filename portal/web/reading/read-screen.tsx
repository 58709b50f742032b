import { useCallback, useEffect, useRef, useState } from 'react';
import type { PersonHome, ToRead } from '../../api/person-home.ts';
import type { Problem } from '../ask.ts';
import { ask } from '../ask.ts';
import { type Fetched, fetchDocument } from '../files/fetch-document.ts';
import { handOver } from '../files/hand-over.ts';
import { momentOf } from '../format.ts';
import { Icon } from '../icon.tsx';
import { ActLine } from '../inside/act-line.tsx';
import { useCaughtFocus } from '../inside/caught-focus.ts';
import { type Act, useAct, useDeal } from '../inside/deal.ts';
import { Gone } from '../inside/gone.tsx';
import { Screen } from '../inside/screen.tsx';
import type { ScreenProps } from '../inside/screens.ts';
import { useWords } from '../words.ts';
import type { OpenPdf } from './pdf.ts';
import { PdfPages } from './pdf-pages.tsx';

/** One version of a paper, drawn here, and below it what was asked: to say that it was read. `at.id` is the version. */
export function ReadScreen({ at }: ScreenProps) {
  const { reading } = useWords();
  const { home } = useDeal();
  const versionId = at.id ?? '';
  const paper = paperOf(home, versionId);
  const act = useAct('acknowledge', versionId);
  const load = useDocument(versionId, paper !== null);
  if (paper === null) return <Gone title={reading.gone} text={reading.goneText} />;
  const { asked } = paper;
  // What is fetched to another program can be read there.
  const isReadable = load.at === 'drawn' || (load.at === 'other' && home.mayDownload);
  const canSay = asked !== null && asked.acknowledgedAt === null && !home.isPreview && isReadable;
  return (
    <Screen
      title={paper.title}
      lead={paper.version === null ? undefined : reading.version(paper.version)}
      isWide
      actions={canSay && act.state.at !== 'confirm' ? <SayButton act={act} versionId={versionId} /> : undefined}
    >
      {asked !== null && <Asked asked={asked} />}
      <ActLine act={act} />
      <Paper load={load} title={paper.title} versionId={versionId} />
    </Screen>
  );
}

interface Named {
  readonly title: string;
  readonly version: number | null;
  readonly asked: ToRead | null;
}

function paperOf(home: PersonHome, versionId: string): Named | null {
  const asked = home.toRead.find((each) => each.versionId === versionId) ?? null;
  const shared = home.documents.find((each) => each.versionId === versionId);
  if (asked !== null) return { title: asked.title, version: asked.version, asked };
  return shared === undefined ? null : { title: shared.title, version: shared.version, asked };
}

function Asked({ asked }: { readonly asked: ToRead }) {
  const { reading, locale } = useWords();
  const said = useCaughtFocus<HTMLParagraphElement>(asked.acknowledgedAt);
  if (asked.acknowledgedAt === null) return <p>{reading.please}</p>;
  return (
    <p ref={said} tabIndex={-1} className="good">
      <Icon name="done" tone="done" /> {reading.said(asked.version, momentOf(asked.acknowledgedAt, new Date(), locale))}
    </p>
  );
}

function SayButton({ act, versionId }: { readonly act: Act<'acknowledge'>; readonly versionId: string }) {
  const { reading } = useWords();
  return (
    <button type="button" className="btn go" disabled={act.isBusy} onClick={() => void act.run({ versionId })}>
      <Icon name="check" />
      {reading.say}
    </button>
  );
}

type Load =
  | { readonly at: 'fetching'; readonly got: number; readonly total: number | null }
  | { readonly at: 'failed'; readonly problem: Problem; again(): void }
  /** Not a PDF, or one that cannot be drawn. */
  | { readonly at: 'other'; readonly file: Fetched; readonly isDamaged: boolean }
  | { readonly at: 'drawn'; readonly pdf: OpenPdf };

function useDocument(versionId: string, isThere: boolean): Load {
  const { leave } = useDeal();
  const [load, setLoad] = useState<Load>({ at: 'fetching', got: 0, total: null });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((each) => each + 1), []);
  const open = useRef<OpenPdf | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is a new try.
  useEffect(() => {
    if (!isThere) return;
    const stop = new AbortController();
    const run = async () => {
      setLoad({ at: 'fetching', got: 0, total: null });
      const answer = await fetchDocument(versionId, stop.signal, (got, total) => {
        if (!stop.signal.aborted) setLoad({ at: 'fetching', got, total });
      });
      if (stop.signal.aborted) return;
      if (!answer.ok) {
        if (answer.problem.type === 'not-signed-in') return leave();
        return setLoad({ at: 'failed', problem: answer.problem, again });
      }
      const next = await draw(answer.value);
      if (stop.signal.aborted) return next.at === 'drawn' ? next.pdf.close() : undefined;
      if (next.at === 'drawn') open.current = next.pdf;
      setLoad(next);
    };
    void run();
    return () => {
      stop.abort();
      open.current?.close();
      open.current = null;
    };
  }, [versionId, isThere, turn, again, leave]);
  useEffect(() => {
    if (load.at !== 'failed') return;
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [load.at, again]);
  return load;
}

async function draw(file: Fetched): Promise<Load> {
  if (file.kind !== 'application/pdf') return { at: 'other', file, isDamaged: false };
  try {
    const { openPdf } = await import('./pdf.ts');
    return { at: 'drawn', pdf: await openPdf(file.bytes.slice()) };
  } catch {
    return { at: 'other', file, isDamaged: true };
  }
}

interface PaperProps {
  readonly load: Load;
  readonly title: string;
  readonly versionId: string;
}

function Paper({ load, title, versionId }: PaperProps) {
  const { reading, problem, tryAgain } = useWords();
  switch (load.at) {
    case 'fetching':
      return (
        <p role="status" className="t2">
          {reading.fetching(load.got, load.total)}
        </p>
      );
    case 'failed':
      return (
        <div className="act">
          <p role="alert">{load.problem.type === 'unreachable' ? reading.lost : problem(load.problem)}</p>
          <button type="button" className="btn" onClick={load.again}>
            {tryAgain}
          </button>
        </div>
      );
    case 'other':
      return <Other isDamaged={load.isDamaged} title={title} versionId={versionId} />;
    case 'drawn':
      return <PdfPages pdf={load.pdf} title={title} />;
  }
}

/** What this page cannot draw is read in another program, where the link hands it out. */
function Other({ isDamaged, title, versionId }: Omit<PaperProps, 'load'> & { readonly isDamaged: boolean }) {
  const { reading, papers, problem } = useWords();
  const { home, leave } = useDeal();
  const [said, setSaid] = useState('');
  const download = async () => {
    const answer = await ask('document-ticket', { versionId });
    if (answer.ok) {
      handOver(answer.value);
      return setSaid(papers.started(title));
    }
    if (answer.problem.type === 'not-signed-in') return leave();
    setSaid(problem(answer.problem));
  };
  return (
    <div className="act">
      <p>{isDamaged ? reading.damaged : reading.other}</p>
      {home.mayDownload ? (
        <button type="button" className="btn" onClick={() => void download()}>
          <Icon name="download" />
          {papers.download}
        </button>
      ) : (
        <p>{reading.askForCopy}</p>
      )}
      <p role="status">{said}</p>
    </div>
  );
}
