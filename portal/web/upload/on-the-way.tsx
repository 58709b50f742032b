import { useState } from 'react';
import { Trouble } from '../frame.tsx';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';
import { Taken } from './begin.tsx';
import { ElseTitle } from './else-title.tsx';
import { closeUploader } from './live.ts';
import { PageList } from './page-list.tsx';
import { darkPage, progressOf, type Sending } from './pages.ts';
import { Pick } from './pick.tsx';
import { scopeOf } from './scope.ts';
import { SignalCard } from './signal-card.tsx';
import type { Taking } from './taking.ts';
import type { Sent, Uploader } from './uploader.ts';

interface OnTheWayProps {
  readonly uploader: Uploader;
  readonly sent: Sent;
  readonly taking: Taking;
  readonly lineId: string;
}

/** Pages are here: how far they are, what is wrong with one, and sending them. */
export function OnTheWay({ uploader, sent, taking, lineId }: OnTheWayProps) {
  const words = useWords();
  const { upload } = words;
  const [isMissing, setMissing] = useState(false);
  const { sending, filing } = sent;
  const isFile = isOneFile(sending);
  const send = () => {
    const hasNoTitle = sending.isElse && sending.title.trim() === '';
    setMissing(hasNoTitle);
    if (!hasNoTitle) uploader.send();
    else document.getElementById('what')?.focus();
  };
  return (
    <Screen
      title={sending.isElse ? upload.elseTitle : sending.title}
      lead={isFile ? upload.leadFile : upload.leadPhotos(sending.pages.length)}
      actions={<Actions sent={sent} taking={taking} onSend={send} />}
    >
      {sending.isElse && (
        <ElseTitle uploader={uploader} title={sending.title} isMissing={isMissing && sending.title.trim() === ''} />
      )}
      <SignalCard sent={sent} />
      <Trouble text={filing.at === 'refused' ? words.problem(filing.problem) : null} />
      {filing.at === 'refused' && filing.problem.type === 'refused' && !sending.isElse && (
        <button type="button" className="btn" onClick={uploader.asElse}>
          {upload.asElse}
        </button>
      )}
      <Taken left={taking.left} problem={taking.problem} />
      <PageList sent={sent} uploader={uploader} onRetake={(id, files) => void taking.take(files, id)} />
      <p className="t2 tip">{isFile ? upload.tipFile : upload.tip}</p>
      <Cancel uploader={uploader} lineId={lineId} />
    </Screen>
  );
}

function isOneFile({ pages }: Sending): boolean {
  return pages.some(({ kind }) => kind === 'file');
}

interface ActionsProps {
  readonly sent: Sent;
  readonly taking: Taking;
  readonly onSend: () => void;
}

function Actions({ sent, taking, onSend }: ActionsProps) {
  const { upload } = useWords();
  const { sending, filing } = sent;
  const isFile = isOneFile(sending);
  const dark = darkPage(sending);
  const darkId = dark === null ? undefined : sending.pages[dark - 1]?.id;
  const isFiling = filing.at === 'busy' || filing.at === 'waiting';
  const isBusy = sending.isToSend || isFiling || taking.left > 0;
  const hasRefused = progressOf(sending).refused > 0;
  return (
    <>
      {!isFile && !isFiling && (
        <Pick from="camera" onTaken={(files) => void taking.take(files)}>
          <Icon name="camera" /> {upload.addPage}
        </Pick>
      )}
      {dark !== null && !isFiling && (
        <Pick from="camera" isOne onTaken={(files) => void taking.take(files, darkId)}>
          <Icon name="rotate" /> {upload.retake(dark)}
        </Pick>
      )}
      {!hasRefused && (
        <button type="button" className="btn go" aria-disabled={isBusy} onClick={isBusy ? undefined : onSend}>
          {isFile ? upload.sendFile : upload.send}
        </button>
      )}
    </>
  );
}

/** Gives it up, after a question: what was photographed is gone then. */
function Cancel({ uploader, lineId }: { readonly uploader: Uploader; readonly lineId: string }) {
  const { upload } = useWords();
  const { home, back } = useDeal();
  const [isAsked, setAsked] = useState(false);
  const cancel = async () => {
    await uploader.cancel();
    closeUploader(scopeOf(home), lineId);
    back();
  };
  if (!isAsked)
    return (
      <button type="button" className="plain" onClick={() => setAsked(true)}>
        {upload.cancel}
      </button>
    );
  return (
    <div className="sure" role="alert">
      <p>{upload.cancelAsk}</p>
      <button type="button" className="btn" onClick={() => void cancel()}>
        {upload.cancelYes}
      </button>
      <button type="button" className="btn" onClick={() => setAsked(false)}>
        {upload.cancelNo}
      </button>
    </div>
  );
}
