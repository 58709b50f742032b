import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';
import { isClient } from './coordinator.ts';
import type { Proposal, ProposalFault, ProposalField } from './proposal.ts';

interface FieldsProps {
  readonly proposal: Proposal;
  readonly fault: ProposalFault | null;
  set(more: Partial<Proposal>): void;
}

export function ProposeFields(props: FieldsProps) {
  const { onDeal } = useWords();
  const { home } = useDeal();
  const { proposal, set } = props;
  const { form } = onDeal;
  return (
    <>
      <fieldset className="ask-field">
        <legend>{form.role}</legend>
        {home.mayPropose.map((role) => (
          <label key={role} className="radio">
            <input type="radio" name="propose-role" checked={proposal.role === role} onChange={() => set({ role })} />
            <span>{onDeal.roles(role, home.place.side, isClient(home))}</span>
          </label>
        ))}
      </fieldset>
      <TextLine {...props} name="name" label={form.name} help={form.nameHelp} />
      <TextLine {...props} name="company" label={form.company} />
      <TextLine {...props} name="phone" label={form.phone} type="tel" help={form.reachHelp} />
      <TextLine {...props} name="email" label={form.email} type="email" />
      <TextLine {...props} name="words" label={form.words} />
    </>
  );
}

interface LineProps extends FieldsProps {
  readonly name: Exclude<ProposalField, 'role'>;
  readonly label: string;
  readonly help?: string;
  readonly type?: 'tel' | 'email';
}

function TextLine({ proposal, fault, set, name, label, help, type }: LineProps) {
  const { form } = useWords().onDeal;
  const isWrong = fault?.field === name;
  const ids = [help === undefined ? '' : `propose-${name}-help`, isWrong ? `propose-${name}-wrong` : ''];
  const describedBy = ids.filter((id) => id !== '').join(' ');
  return (
    <div className="ask-field">
      <label htmlFor={`propose-${name}`}>{label}</label>
      {help !== undefined && (
        <p id={`propose-${name}-help`} className="t2">
          {help}
        </p>
      )}
      <input
        id={`propose-${name}`}
        className="field"
        type={type ?? 'text'}
        autoComplete="off"
        maxLength={300}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        aria-invalid={isWrong || undefined}
        value={proposal[name]}
        onChange={(event) => set({ [name]: event.target.value })}
      />
      <p id={`propose-${name}-wrong`} className="trouble" role="alert">
        {isWrong && fault !== null && (
          <>
            <Icon name="late" tone="late" />
            <span>{form[fault.wrong]}</span>
          </>
        )}
      </p>
    </div>
  );
}
