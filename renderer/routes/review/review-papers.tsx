import { type Ref, useState } from 'react';
import type { VersionView } from '../../../electron/contract/papers.ts';
import { useWay } from '../../data/on-its-way.ts';
import { pagesText, saveCopy, sizeText } from '../../data/papers.ts';
import { useSession } from '../../data/session.tsx';
import { OnItsWay } from '../../ui/on-its-way.tsx';
import { Paper } from '../../ui/paper.tsx';
import layout from '../inbox/inbox.module.css';
import { Beside, Instead } from '../inbox/preview.tsx';
import type { UnderReview } from './queue.ts';

/** The file under review, beside the version before it when there is one. Both turn their pages together. */
export function ReviewPapers(props: {
  readonly what: UnderReview | null;
  readonly title: string;
  readonly isBeside: boolean;
  readonly onBeside: (isBeside: boolean) => void;
  /** False while the person only passes by: the pages are not opened yet. */
  readonly isSettled: boolean;
  readonly boxRef: Ref<HTMLElement>;
}) {
  const { what } = props;
  const [page, setPage] = useState(1);
  const session = useSession();
  const version = what?.version;
  const previous = what?.previous ?? null;
  const facts = version && [pagesText(version.pages), sizeText(version.bytes)].filter(Boolean).join(', ');
  return (
    <section ref={props.boxRef} className={layout.preview} aria-label="Preview" tabIndex={-1}>
      <header>
        <span className="cut" dir="auto" title={version?.fileName}>
          <b>{version?.originalName ?? props.title}</b> <span className="t3">{facts}</span>
        </span>
        <span className={layout.headActs}>
          {version?.isHere && !version.isHeld && (
            <button
              type="button"
              className="btn bare sm"
              onClick={() => void saveCopy(session, { sha256: version.sha256, name: version.fileName })}
            >
              Save a copy
            </button>
          )}
          {previous !== null && <Beside number={previous.number} isBeside={props.isBeside} onBeside={props.onBeside} />}
        </span>
      </header>
      <div className={layout.papers} data-beside={previous !== null && props.isBeside ? '' : undefined}>
        {previous !== null && props.isBeside && (
          <figure className={layout.half}>
            <figcaption>
              Version {previous.number}
              {previous.verdict === 'rejected' && ', sent back'}
              {previous.verdict === 'approved' && ', approved'}
            </figcaption>
            <OnePaper
              isSettled={props.isSettled}
              version={previous}
              name={`Version ${previous.number} of ${props.title}`}
              page={page}
            />
          </figure>
        )}
        {version === undefined ? (
          <Instead icon="file">This file was taken out meanwhile. The queue is being read again.</Instead>
        ) : previous !== null && props.isBeside ? (
          <figure className={layout.half}>
            <figcaption>Version {version.number}, under review</figcaption>
            <OnePaper
              isSettled={props.isSettled}
              version={version}
              name={nameOf(version, props.title)}
              page={1}
              onPage={setPage}
            />
          </figure>
        ) : (
          <OnePaper
            isSettled={props.isSettled}
            version={version}
            name={nameOf(version, props.title)}
            page={1}
            onPage={setPage}
          />
        )}
      </div>
    </section>
  );
}

function nameOf(version: VersionView, title: string): string {
  return `Version ${version.number} of ${title}, under review`;
}

function OnePaper(props: {
  readonly version: VersionView;
  readonly name: string;
  readonly page: number;
  readonly onPage?: (page: number) => void;
  readonly isSettled: boolean;
}) {
  const { version, onPage } = props;
  const way = useWay(version);
  if (!props.isSettled) return <div className={layout.papers} />;
  if (way !== null) return <OnItsWay way={way} />;
  if (version.shown === null)
    return (
      <Instead icon="file">
        {version.sentence || 'Closeboard does not draw this kind of file. Save a copy to open it in its own program.'}
      </Instead>
    );
  return (
    <Paper
      sha256={version.shown.sha256}
      kind={version.shown.kind}
      name={props.name}
      page={Math.min(props.page, version.pages ?? props.page)}
      onState={(state) => state.kind === 'open' && onPage?.(state.page)}
    />
  );
}
