import { useState } from 'react';
import type { FolderRule, WatchedFolder } from '../../../electron/contract/papers.ts';
import { useFolderActs } from '../../data/folders.ts';
import { newId } from '../../data/ids.ts';
import { useDeal } from '../../data/queries.ts';
import { Refusal } from '../../ui/calm.tsx';
import styles from './folders.module.css';
import { dealText, MAX_RULES, movedUp, whatIsDone, whichFiles } from './folders-rule.ts';
import { RuleDialog } from './folders-rule-dialog.tsx';

/** What is known beforehand of some files of a folder. The first rule that fits a file is used. */
export function Rules(props: { readonly folder: WatchedFolder }) {
  const { folder } = props;
  const { change } = useFolderActs();
  const [open, setOpen] = useState<FolderRule | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const put = (how: (rules: readonly FolderRule[]) => FolderRule[]) =>
    change(folder.id, ({ rules }) => ({ rules: how(rules) }));
  const keep = (rule: FolderRule) =>
    put((rules) =>
      rules.some(({ id }) => id === rule.id) ? rules.map((one) => (one.id === rule.id ? rule : one)) : [...rules, rule],
    );
  return (
    <div className={styles.rules}>
      <h4>Rules</h4>
      {folder.rules.length === 0 ? (
        <p className="meta">None. A rule says of some files where they belong, such as mail from a lender.</p>
      ) : (
        <>
          {folder.rules.length > 1 && <p className="meta">The first one that fits a file is used.</p>}
          <ol className={styles.list} aria-label={`Rules of ${folder.path}`}>
            {folder.rules.map((rule, at) => (
              <RuleLine
                key={rule.id}
                rule={rule}
                onChange={() => setOpen(rule)}
                onUp={at === 0 ? null : async () => setWrong(await put((rules) => movedUp(rules, rule.id)))}
                onRemove={async () => setWrong(await put((rules) => rules.filter(({ id }) => id !== rule.id)))}
              />
            ))}
          </ol>
        </>
      )}
      {wrong && <Refusal says={wrong} />}
      {folder.rules.length < MAX_RULES ? (
        <button type="button" className="btn sm" onClick={() => setOpen(freshRule())}>
          Add a rule
        </button>
      ) : (
        <p className="meta">This folder has {MAX_RULES} rules, which is as many as it can have.</p>
      )}
      {open && (
        <RuleDialog
          rule={open}
          others={folder.rules.filter(({ id }) => id !== open.id)}
          isNew={!folder.rules.some(({ id }) => id === open.id)}
          onKeep={keep}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function freshRule(): FolderRule {
  return { id: newId(), from: '', nameHas: '', dealId: null, lineTitle: '', mayFileAlone: false };
}

function RuleLine(props: {
  readonly rule: FolderRule;
  readonly onChange: () => void;
  readonly onUp: (() => void) | null;
  readonly onRemove: () => void;
}) {
  const { rule } = props;
  const deal = useDeal(rule.dealId).data;
  const name = rule.dealId === null ? null : deal === null ? 'that is not here any more' : dealText(deal);
  const which = whichFiles(rule);
  return (
    <li className={styles.rule}>
      <p>
        <b>{which}</b>
        <br />
        {/* A name of one's own may be written from the right. */}
        <bdi className="t2">{whatIsDone(rule, name)}</bdi>
      </p>
      <div className={styles.acts}>
        <button type="button" className="btn bare sm" aria-label={`Change the rule: ${which}`} onClick={props.onChange}>
          Change
        </button>
        {props.onUp && (
          <button type="button" className="btn bare sm" aria-label={`Move up the rule: ${which}`} onClick={props.onUp}>
            Move up
          </button>
        )}
        <button type="button" className="btn bare sm" aria-label={`Remove the rule: ${which}`} onClick={props.onRemove}>
          Remove
        </button>
      </div>
    </li>
  );
}
