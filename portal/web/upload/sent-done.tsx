import { firstName } from '../format.ts';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { Screen } from '../inside/screen.tsx';
import { useWords } from '../words.ts';

/** It was filed: what happens next. */
export function SentDone({ title }: { readonly title: string }) {
  const { upload } = useWords();
  const { helper, go, back } = useDeal();
  return (
    <Screen title={upload.done.title}>
      <section className="sig done">
        <Icon name="done" tone="done" isLarge />
        <div>
          <p>{upload.done.what(title)}</p>
          <p>{helper === null ? upload.done.nextNobody : upload.done.next(firstName(helper.name))}</p>
        </div>
      </section>
      <div className="takes">
        <button type="button" className="btn go" onClick={back}>
          {upload.done.home}
        </button>
        <button type="button" className="btn" onClick={() => go({ screen: 'sent' })}>
          {upload.done.seeSent}
        </button>
      </div>
    </Screen>
  );
}
