import { type ReactNode, useState } from 'react';
import type { PersonHome, SharedDocument } from '../../api/person-home.ts';
import { ask } from '../ask.ts';
import { handOver } from '../files/hand-over.ts';
import { firstName, momentOf, plainDay } from '../format.ts';
import { Trouble } from '../frame.tsx';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { Wanted } from './wanted.tsx';

/** Every paper that concerns this person: what they owe, what is to be read, and what is shared with them. */
export function DocumentsScreen() {
  const { papers, reading } = useWords();
  const { home, helper } = useDeal();
  const fetching = useDownload();
  const toRead = home.toRead.filter(({ acknowledgedAt }) => acknowledgedAt === null).map(({ versionId }) => versionId);
  const open = home.documents.filter(({ versionId }) => versionId !== null && toRead.includes(versionId));
  const rest = home.documents.filter((each) => !open.includes(each));
  const isOff = !home.mayDownload && home.documents.length > 0;
  const list = (documents: readonly SharedDocument[]) => (
    <List documents={documents} home={home} onDownload={fetching.run} />
  );
  return (
    <Screen title={reading.list}>
      {isOff && <p className="t2">{helper === null ? papers.offNobody : papers.off(firstName(helper.name))}</p>}
      <div className="act">
        <Trouble text={fetching.trouble} />
        <p role="status" className="t2">
          {fetching.started}
        </p>
      </div>
      <Wanted />
      <Part title={reading.toRead}>{open.length > 0 && list(open)}</Part>
      <Part title={reading.final}>{rest.some(({ isFinal }) => isFinal) && list(rest.filter(isFinal))}</Part>
      <section className="papers">
        <h2>{reading.all}</h2>
        {rest.every(isFinal) ? <p className="t2">{papers.none}</p> : list(rest.filter((each) => !isFinal(each)))}
      </section>
    </Screen>
  );
}

const isFinal = (document: SharedDocument) => document.isFinal;

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  if (children === false) return null;
  return (
    <section className="papers">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Fetches a paper to the device; what came of it is said. */
function useDownload() {
  const { papers, problem } = useWords();
  const { leave } = useDeal();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [started, setStarted] = useState('');
  const run = async (versionId: string, title: string) => {
    setTrouble(null);
    setStarted('');
    const answer = await ask('document-ticket', { versionId });
    if (answer.ok) {
      handOver(answer.value);
      return setStarted(papers.started(title));
    }
    if (answer.problem.type === 'not-signed-in') return leave();
    setTrouble(problem(answer.problem));
  };
  return { trouble, started, run };
}

interface ListProps {
  readonly documents: readonly SharedDocument[];
  readonly home: PersonHome;
  readonly onDownload: (versionId: string, title: string) => Promise<void>;
}

function List({ documents, home, onDownload }: ListProps) {
  return (
    <ol>
      {documents.map((document) => (
        <li key={`${document.title} ${document.version ?? 0} ${document.versionId ?? ''}`}>
          <Icon name="paper" />
          <div>
            <b>{document.title}</b>
            <Line document={document} home={home} />
          </div>
          {document.versionId !== null && !home.isPreview && (
            <Buttons versionId={document.versionId} title={document.title} onDownload={onDownload} />
          )}
        </li>
      ))}
    </ol>
  );
}

interface ButtonsProps extends Pick<ListProps, 'onDownload'> {
  readonly versionId: string;
  readonly title: string;
}

function Buttons({ versionId, title, onDownload }: ButtonsProps) {
  const { papers, reading } = useWords();
  const { home, go } = useDeal();
  return (
    <div className="buttons">
      <button
        type="button"
        className="btn"
        aria-label={reading.readName(title)}
        onClick={() => go({ screen: 'read', id: versionId })}
      >
        {reading.read}
      </button>
      {home.mayDownload && (
        <button
          type="button"
          className="btn"
          aria-label={papers.downloadName(title)}
          onClick={() => void onDownload(versionId, title)}
        >
          <Icon name="download" />
          {papers.download}
        </button>
      )}
    </div>
  );
}

function Line({ document, home }: { readonly document: SharedDocument; readonly home: PersonHome }) {
  const { papers, reading, locale } = useWords();
  const { isFullySigned, state, receivedOn, versionId, version } = document;
  const asked = home.toRead.find((each) => each.versionId === versionId);
  const when = (instant: string) => momentOf(instant, new Date(), locale);
  const parts = [
    version !== null && version > 1 ? `${reading.version(version)}.` : '',
    isFullySigned ? papers.signed : papers.states[state],
    receivedOn === null ? '' : papers.came(plainDay(receivedOn, home.today, locale)),
    versionId === null && home.mayDownload ? papers.keeps : '',
    asked === undefined || asked.acknowledgedAt !== null ? '' : reading.askedOn(when(asked.askedAt)),
    asked === undefined || asked.acknowledgedAt === null ? '' : reading.readOn(when(asked.acknowledgedAt)),
  ];
  const told = parts.filter((part) => part !== '').join(' ');
  return told === '' ? null : <p>{told}</p>;
}
