import { useEffect, useRef } from 'react';
import { useWords } from '../words.ts';
import { type DraftField, MOST_WORKS, type Work } from './draft.ts';
import { type Fault, WrongLine } from './field.tsx';

interface WorksProps {
  readonly works: readonly Work[];
  readonly fault: Fault | null;
  onChange(works: readonly Work[]): void;
}

const NAME: DraftField = 'works';

/** Lines of work, one below another; Enter begins the next one. */
export function WorksField({ works, fault, onChange }: WorksProps) {
  const { form } = useWords().changes;
  // A line that was just added is where the typing goes on.
  const last = useRef<HTMLInputElement>(null);
  const count = useRef(works.length);
  useEffect(() => {
    if (works.length > count.current) last.current?.focus();
    count.current = works.length;
  }, [works.length]);
  const add = () => onChange([...works, { id: crypto.randomUUID(), title: '' }]);
  const canAdd = works.length < MOST_WORKS;
  const isWrong = fault?.field === NAME;
  return (
    <fieldset className="ask-field">
      <legend>{form.works}</legend>
      <p id="works-help" className="t2">
        {form.worksHelp}
      </p>
      {works.map((work, at) => (
        <div key={work.id} className="work">
          <input
            ref={at === works.length - 1 ? last : undefined}
            id={at === 0 ? `ask-${NAME}` : undefined}
            className="field"
            aria-label={form.work(at + 1)}
            aria-describedby={isWrong && at === 0 ? 'works-help works-wrong' : 'works-help'}
            aria-invalid={(isWrong && at === 0) || undefined}
            maxLength={300}
            value={work.title}
            onChange={(event) =>
              onChange(works.map((each) => (each.id === work.id ? { ...each, title: event.target.value } : each)))
            }
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              if (canAdd && work.title.trim() !== '') add();
            }}
          />
          {works.length > 1 && (
            <button
              type="button"
              className="plain"
              aria-label={form.dropWork(at + 1)}
              onClick={() => onChange(works.filter(({ id }) => id !== work.id))}
            >
              {form.drop}
            </button>
          )}
        </div>
      ))}
      <WrongLine name={NAME} fault={fault} />
      {canAdd && (
        <button type="button" className="plain" onClick={add}>
          {form.addWork}
        </button>
      )}
    </fieldset>
  );
}
