import { useEffect, useState, useSyncExternalStore } from 'react';
import { useDeal } from '../inside/deal.ts';
import { Gone } from '../inside/gone.tsx';
import { Screen } from '../inside/screen.tsx';
import type { ScreenProps } from '../inside/screens.ts';
import { useWords } from '../words.ts';
import { Begin } from './begin.tsx';
import { closeUploader, openUploader, setHooks } from './live.ts';
import { OnTheWay } from './on-the-way.tsx';
import { scopeOf } from './scope.ts';
import { SentDone } from './sent-done.tsx';
import { useTaking } from './taking.ts';
import type { Uploader } from './uploader.ts';
import './upload.css';

/** Sending one paper: `at.id` is the line that asks for it, empty for something else. */
export function UploadScreen({ at }: ScreenProps) {
  const { upload, screen } = useWords();
  const { home } = useDeal();
  const lineId = at.id ?? '';
  const uploader = useUploader(lineId);
  if (home.isPreview) return <Gone title={upload.elseTitle} text={upload.previewText} />;
  if (uploader === null)
    return (
      <Screen title={screen.loading}>
        <p role="status" className="t2">
          {screen.wait}
        </p>
      </Screen>
    );
  return <Sending uploader={uploader} lineId={lineId} />;
}

function useUploader(lineId: string): Uploader | null {
  const { home, leave, refresh } = useDeal();
  const scope = scopeOf(home);
  const title = home.wanted.find((paper) => paper.lineId === lineId)?.title ?? '';
  const [uploader, setUploader] = useState<Uploader | null>(null);
  useEffect(() => setHooks(leave, () => void refresh()), [leave, refresh]);
  const { isPreview } = home;
  // The title of the beginning counts: a paper that is not asked for any more has none.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    let isGone = false;
    if (!isPreview)
      void openUploader({ scope, lineId, title }).then((opened) => {
        if (!isGone) setUploader(opened);
      });
    return () => {
      isGone = true;
    };
  }, [scope, lineId, isPreview]);
  return uploader;
}

function Sending({ uploader, lineId }: { readonly uploader: Uploader; readonly lineId: string }) {
  const { upload } = useWords();
  const { home } = useDeal();
  const sent = useSyncExternalStore(uploader.listen, uploader.now);
  // Of both: the first photo leads from one to the other while the next is made ready.
  const taking = useTaking(uploader);
  const scope = scopeOf(home);
  const isDone = sent.filing.at === 'done';
  useEffect(
    () => () => {
      if (uploader.now().filing.at === 'done') closeUploader(scope, lineId);
    },
    [uploader, scope, lineId],
  );
  if (isDone) return <SentDone title={sent.sending.title} />;
  const paper = home.wanted.find((each) => each.lineId === lineId);
  if (sent.sending.pages.length > 0) return <OnTheWay {...{ uploader, sent, taking, lineId }} />;
  if (lineId !== '' && paper === undefined) return <Gone title={upload.goneTitle} text={upload.goneText} />;
  return <Begin {...{ uploader, sent, taking }} paper={paper ?? null} />;
}
