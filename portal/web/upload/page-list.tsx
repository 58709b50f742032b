import { useEffect, useRef, useState } from 'react';
import { Icon } from '../icon.tsx';
import { useWords } from '../words.ts';
import { type PageRow, percentOf } from './pages.ts';
import { Pick } from './pick.tsx';
import { Thumb } from './thumb.tsx';
import type { Sent, Uploader } from './uploader.ts';

interface PageListProps {
  readonly sent: Sent;
  readonly uploader: Uploader;
  readonly onRetake: (pageId: string, files: readonly File[]) => void;
}

/** The pages in their order. One that is pressed shows what can be done with it. */
export function PageList({ sent, uploader, onRetake }: PageListProps) {
  const { upload } = useWords();
  const [open, setOpen] = useState<string | null>(null);
  const { pages } = sent.sending;
  const isFile = pages.some(({ kind }) => kind === 'file');
  return (
    <ol className="pgs" aria-label={upload.page.list}>
      {pages.map((page, at) => (
        <li key={page.id} className={page.isDark ? 'dark' : ''}>
          <button
            type="button"
            className="pg"
            aria-expanded={open === page.id}
            aria-label={isFile ? undefined : upload.page.open(at + 1)}
            onClick={() => setOpen(open === page.id ? null : page.id)}
          >
            {page.kind === 'photo' ? <Thumb pageId={page.id} /> : <FileFace page={page} />}
          </button>
          <p>
            <b>{isFile ? upload.page.file : upload.page.name(at + 1)}</b>
            <Status page={page} isOnline={sent.isOnline} />
          </p>
          {page.state === 'refused' && <p className="why">{page.problem === '' ? upload.page.gone : page.problem}</p>}
          {open === page.id && (
            <PageTools
              page={page}
              number={at + 1}
              of={pages.length}
              uploader={uploader}
              onRetake={(files) => {
                setOpen(null);
                onRetake(page.id, files);
              }}
              onClose={() => setOpen(null)}
            />
          )}
        </li>
      ))}
    </ol>
  );
}

function FileFace({ page }: { readonly page: PageRow }) {
  const { locale, upload } = useWords();
  const [unit, of] = page.bytes < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const);
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 });
  return (
    <span className="face">
      <Icon name="paper" isLarge />
      <span>{page.name}</span>
      <span className="vh">{upload.page.change}</span>
      <span className="t2">{size.format(Math.max(0.1, page.bytes / of))}</span>
    </span>
  );
}

function Status({ page, isOnline }: { readonly page: PageRow; readonly isOnline: boolean }) {
  const { upload } = useWords();
  const say = upload.page;
  if (page.state === 'refused')
    return (
      <span className="late">
        <Icon name="late" /> {say.refused}
      </span>
    );
  if (page.isDark)
    return (
      <span className="t2">
        <Icon name="rotate" /> {say.dark}
      </span>
    );
  if (page.state === 'sent')
    return (
      <span className="done">
        <Icon name="done" /> {say.sent}
      </span>
    );
  const percent = percentOf(page);
  const isPaused = !isOnline && percent > 0;
  const text = isPaused ? say.paused(percent) : page.state === 'sending' ? say.going(percent) : say.waiting;
  return (
    <span className="waiting">
      <Icon name="waiting" /> {text}
    </span>
  );
}

interface PageToolsProps {
  readonly page: PageRow;
  readonly number: number;
  readonly of: number;
  readonly uploader: Uploader;
  readonly onRetake: (files: readonly File[]) => void;
  readonly onClose: () => void;
}

function PageTools({ page, number, of, uploader, onRetake, onClose }: PageToolsProps) {
  const { upload } = useWords();
  const say = upload.page;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const isPhoto = page.kind === 'photo';
  return (
    <section className="tools" aria-labelledby={`tools-${page.id}`}>
      <h3 id={`tools-${page.id}`} ref={heading} tabIndex={-1}>
        {isPhoto ? say.edit(number) : say.file}
      </h3>
      {page.isDark && <p>{say.darkText}</p>}
      {isPhoto && (
        <Pick from="camera" isOne onTaken={onRetake}>
          <Icon name="rotate" /> {say.retake}
        </Pick>
      )}
      {number > 1 && (
        <button type="button" className="btn" onClick={() => uploader.move(page.id, -1)}>
          {say.earlier}
        </button>
      )}
      {number < of && (
        <button type="button" className="btn" onClick={() => uploader.move(page.id, 1)}>
          {say.later}
        </button>
      )}
      <button type="button" className="btn" onClick={() => void uploader.remove(page.id)}>
        <Icon name="x" /> {isPhoto ? say.remove : say.removeFile}
      </button>
      <button type="button" className="btn" onClick={onClose}>
        {say.close}
      </button>
    </section>
  );
}
