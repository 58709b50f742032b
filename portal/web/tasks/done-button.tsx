import { Icon } from '../icon.tsx';
import { ActLine } from '../inside/act-line.tsx';
import { useCaughtFocus } from '../inside/caught-focus.ts';
import { useAct, useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

interface DoneButtonProps {
  readonly id: string;
  readonly title: string;
  /** The one obvious thing to do here. */
  readonly isFilled?: boolean;
}

/** Marks a task as done. It then leaves the list, so what was done is told by `JustDone`. */
export function DoneButton({ id, title, isFilled }: DoneButtonProps) {
  const { tasks } = useWords();
  const { tellDone } = useDeal();
  const act = useAct('complete-task', id);
  const press = async () => {
    if (await act.run({ taskId: id, isDone: true })) tellDone({ id, title });
  };
  return (
    <>
      <button
        type="button"
        className={isFilled === true ? 'btn go' : 'btn'}
        aria-label={tasks.markDone(title)}
        disabled={act.isBusy}
        onClick={() => void press()}
      >
        <Icon name="check" />
        {tasks.isDone}
      </button>
      <ActLine act={act} />
    </>
  );
}

/** What was marked as done just now, and the way back. Its place is always there, or it would not be heard. */
export function JustDone() {
  const { tasks } = useWords();
  const { justDone } = useDeal();
  const said = useCaughtFocus<HTMLParagraphElement>(justDone?.id ?? null);
  return (
    <div role="status" className="just">
      {justDone !== null && (
        <p ref={said} tabIndex={-1} className="good">
          <Icon name="done" tone="done" /> {tasks.wasDone(justDone.title)}
        </p>
      )}
      {justDone !== null && <Undo key={justDone.id} id={justDone.id} title={justDone.title} />}
    </div>
  );
}

function Undo({ id, title }: { readonly id: string; readonly title: string }) {
  const { tasks } = useWords();
  const { tellDone } = useDeal();
  const act = useAct('complete-task', id);
  const press = async () => {
    if (await act.run({ taskId: id, isDone: false })) tellDone(null);
  };
  return (
    <>
      <button
        type="button"
        className="plain"
        aria-label={tasks.markOpen(title)}
        disabled={act.isBusy}
        onClick={() => void press()}
      >
        {tasks.isOpen}
      </button>
      <ActLine act={act} />
    </>
  );
}
