import { daysBetween, longDay } from '../format.ts';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import { describes, type FieldProps, Labelled } from './field.tsx';

interface DayProps extends FieldProps {
  /** The day as it is now; null while there is none. */
  readonly from: string | null;
}

/** A new day, with the day as it is now above it and the chosen one in words below. */
export function DayField({ onChange, from, ...field }: DayProps) {
  const { changes, locale } = useWords();
  const { home } = useDeal();
  const { form } = changes;
  const { value } = field;
  const help = from === null ? form.noDay : form.today(longDay(from, home.today, locale));
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && value >= home.today;
  return (
    <Labelled {...field} help={help}>
      <input
        {...describes({ ...field, help })}
        className="field"
        type="date"
        min={home.today}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className="t2 told" role="status">
        {isDay &&
          from !== null &&
          value !== from &&
          form.newDayIs(longDay(value, home.today, locale), daysBetween(from, value))}
        {isDay && isWeekend(value) && ` ${form.weekend}`}
      </p>
    </Labelled>
  );
}

function isWeekend(on: string): boolean {
  const day = new Date(`${on}T00:00:00.000Z`).getUTCDay();
  return day === 0 || day === 6;
}
