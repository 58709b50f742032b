import type { WantedPaper } from '../../api/person-home.ts';
import { Trouble } from '../frame.tsx';
import { Icon } from '../icon.tsx';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { ElseTitle } from './else-title.tsx';
import { Pick } from './pick.tsx';
import type { Taking } from './taking.ts';
import type { Sent, Uploader } from './uploader.ts';

interface BeginProps {
  readonly uploader: Uploader;
  readonly sent: Sent;
  readonly taking: Taking;
  /** Null for something else. */
  readonly paper: WantedPaper | null;
}

/** Nothing is here yet: the camera, or a file. */
export function Begin({ uploader, sent, taking, paper }: BeginProps) {
  const { upload } = useWords();
  const take = (files: readonly File[]) => void taking.take(files);
  return (
    <Screen title={paper?.title ?? upload.elseTitle} lead={paper === null ? upload.elseLead : upload.lead}>
      {paper?.why === 'again' && paper.reason !== '' && <p className="asked">{upload.again(paper.reason)}</p>}
      {paper === null && <ElseTitle uploader={uploader} title={sent.sending.title} isMissing={false} />}
      <div className="takes">
        <Pick from="camera" isFilled onTaken={take}>
          <Icon name="camera" /> {upload.take}
        </Pick>
        <Pick from="any" onTaken={take}>
          <Icon name="paper" /> {upload.choose}
        </Pick>
      </div>
      <Taken left={taking.left} problem={taking.problem} />
      <div className="hints t2">
        <p>{upload.how}</p>
        <p>{upload.kinds}</p>
        <p>{upload.private}</p>
      </div>
    </Screen>
  );
}

/** How far the photos are that were just taken, and what was not taken of them. */
export function Taken({ left, problem }: { readonly left: number; readonly problem: string }) {
  const { upload } = useWords();
  return (
    <>
      <p role="status" className="t2 getting">
        {left > 0 ? upload.preparing(left) : ''}
      </p>
      <Trouble text={problem === '' ? null : problem} />
    </>
  );
}
