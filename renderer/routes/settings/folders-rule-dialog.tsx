import { useRef, useState } from 'react';
import type { FolderRule } from '../../../electron/contract/papers.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { TextField } from '../../ui/field.tsx';
import { DealPick } from './folders-deal.tsx';
import { type RuleWrong, wrongWith } from './folders-rule.ts';
import { Switch } from './folders-switch.tsx';

/** Which files a rule is for, and where they belong. */
export function RuleDialog(props: {
  readonly rule: FolderRule;
  readonly others: readonly FolderRule[];
  readonly isNew: boolean;
  readonly onKeep: (rule: FolderRule) => Promise<string | null>;
  readonly onClose: () => void;
}) {
  const [rule, setRule] = useState(props.rule);
  const [wrong, setWrong] = useState<RuleWrong>({});
  const from = useRef<HTMLInputElement>(null);
  const change = (part: Partial<FolderRule>) => {
    setRule((now) => ({ ...now, ...part }));
    setWrong({});
  };

  async function keep(): Promise<string | null> {
    const trimmed = { ...rule, from: rule.from.trim(), nameHas: rule.nameHas.trim(), lineTitle: rule.lineTitle.trim() };
    const found = wrongWith(trimmed, props.others);
    if (found === null) return await props.onKeep(trimmed);
    setWrong(found);
    if (found.from !== undefined) from.current?.focus();
    // Nothing below the fields where the field itself says it.
    return found.rule ?? '';
  }

  return (
    <AskDialog
      title={props.isNew ? 'Add a rule' : 'Change the rule'}
      verb={props.isNew ? 'Add the rule' : 'Keep the rule'}
      leave={props.isNew ? 'Add nothing' : 'Leave it as it was'}
      onLeave={props.onClose}
      onAnswer={keep}
    >
      <TextField
        label="From"
        value={rule.from}
        onChange={(value) => change({ from: value })}
        inputRef={from}
        autoFocus
        placeholder="*@lender.com"
        hint="Of mail: the sender's address. Empty is any sender, and files that are no mail."
        wrong={wrong.from && <Instead wrong={wrong} onUse={(value) => change({ from: value })} />}
      />
      <TextField
        label="The file's name has"
        value={rule.nameHas}
        onChange={(nameHas) => change({ nameHas })}
        placeholder="appraisal"
        hint="These words as they stand together. Empty is any name."
      />
      <DealPick dealId={rule.dealId} onPick={(dealId) => change({ dealId })} />
      <TextField
        label="Document"
        value={rule.lineTitle}
        onChange={(lineTitle) => change({ lineTitle })}
        placeholder="Whichever fits"
        maxLength={300}
        hint="As the checklist calls it, such as Appraisal report. Empty is whichever fits."
      />
      <Switch
        label="Certain ones may file themselves"
        isOn={rule.mayFileAlone}
        onChange={(mayFileAlone) => change({ mayFileAlone })}
      >
        {rule.mayFileAlone
          ? 'Filed without asking, if nothing speaks against it.'
          : 'Proposed in the inbox, also when the folder lets certain ones file themselves.'}
      </Switch>
    </AskDialog>
  );
}

function Instead(props: { readonly wrong: RuleWrong; readonly onUse: (value: string) => void }) {
  const { from, useFrom } = props.wrong;
  return (
    <>
      {from}{' '}
      {useFrom !== undefined && (
        <>
          Use{' '}
          <button type="button" className="btn link" onClick={() => props.onUse(useFrom)}>
            {useFrom}
          </button>
          .
        </>
      )}
    </>
  );
}
