import { Icon } from '../icon.tsx';
import { useWords } from '../words.ts';
import type { Uploader } from './uploader.ts';

interface ElseTitleProps {
  readonly uploader: Uploader;
  readonly title: string;
  readonly isMissing: boolean;
}

/** What a paper is that nobody asked for, in the sender's words. */
export function ElseTitle({ uploader, title, isMissing }: ElseTitleProps) {
  const { upload } = useWords();
  return (
    <div className="what">
      <label htmlFor="what">{upload.elseLabel}</label>
      <input
        id="what"
        className="field"
        value={title}
        maxLength={120}
        autoComplete="off"
        aria-describedby="what-hint"
        aria-invalid={isMissing}
        onChange={(event) => uploader.rename(event.currentTarget.value)}
      />
      <p id="what-hint" className={isMissing ? 'late' : 't2'} role={isMissing ? 'alert' : undefined}>
        {isMissing && <Icon name="late" />} {isMissing ? upload.elseMissing : upload.elseHint}
      </p>
    </div>
  );
}
