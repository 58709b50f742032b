import { STATE_NAMES } from '../../../core/deals/address-states.ts';
import type { FormQuestion } from '../../api/person-home.ts';
import { useIntakeWords } from './words.ts';

interface FieldProps {
  readonly question: FormQuestion;
  readonly value: string;
  readonly isWrong: boolean;
  /** Ids of what explains it. */
  readonly describedBy: string;
  readonly onChange: (value: string) => void;
  readonly hold: (element: HTMLElement | null) => void;
}

type Typing = Pick<React.InputHTMLAttributes<HTMLInputElement>, 'type' | 'inputMode' | 'autoComplete' | 'maxLength'>;

/** The keyboard of a phone that goes with each kind. */
const TYPING: Readonly<Record<Exclude<FormQuestion['kind'], 'choice' | 'yes-no' | 'state'>, Typing>> = {
  text: { type: 'text', maxLength: 200 },
  email: { type: 'email', inputMode: 'email', maxLength: 254 },
  phone: { type: 'tel', inputMode: 'tel', maxLength: 40 },
  zip: { type: 'text', inputMode: 'numeric', maxLength: 10 },
  year: { type: 'text', inputMode: 'numeric', maxLength: 4 },
  money: { type: 'text', inputMode: 'decimal', maxLength: 20 },
  day: { type: 'date' },
};

/** What a browser may fill in by itself: only about the person who holds the phone. */
const OWN: Readonly<Record<string, string>> = {
  clientName: 'name',
  clientEmail: 'email',
  clientPhone: 'tel',
  street: 'address-line1',
  unit: 'address-line2',
  city: 'address-level2',
  state: 'address-level1',
  zip: 'postal-code',
};

/** The control of a question that is typed or chosen from a long list. Its name is the question. */
export function QuestionField({ question, value, isWrong, describedBy, onChange, hold }: FieldProps) {
  const { chooseState } = useIntakeWords().question;
  const common = {
    ...{ id: 'answer', className: 'field', value, ref: hold, 'aria-labelledby': 'title' },
    ...{ 'aria-describedby': describedBy, 'aria-invalid': isWrong || undefined },
    autoComplete: OWN[question.id] ?? 'off',
  };
  const change = (event: { readonly target: { readonly value: string } }) => onChange(event.target.value);
  if (question.kind === 'state')
    return (
      <select {...common} onChange={change}>
        <option value="">{chooseState}</option>
        {[...STATE_NAMES].map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    );
  if (question.kind === 'choice' || question.kind === 'yes-no') return null;
  return <input {...common} {...TYPING[question.kind]} enterKeyHint="next" onChange={change} />;
}
