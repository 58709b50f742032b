import { useState } from 'react';
import type { Side } from '../../../core/deals/model.ts';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import type { PaperSaid, PaperView } from '../../../electron/contract/portal-rows.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { changesOf } from '../../data/changes-of.ts';
import { sightText, usePaper, useSight } from '../../data/portal-rows.ts';
import { ROLE_WORDS, SIDE_WORDS } from '../../data/words.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from './documents-known.module.css';
import { figureHolders, sidesOf } from './documents-said.ts';
import { useTell } from './task-acts.ts';

interface Props {
  readonly deal: DealView;
  readonly line: LineView;
  readonly version: VersionView;
  readonly onClose: () => void;
}

/** What is said of a file that decides who reads it; beside each answer stands whom it lets in, before anything is kept. */
export function DescribeDialog(props: Props) {
  const paper = usePaper(props.deal.id, props.version.id);
  return paper === undefined ? null : <Describe {...props} paper={paper} />;
}

function Describe(props: Props & { readonly paper: PaperView }) {
  const { deal, version, paper } = props;
  const tell = useTell(deal.id);
  // What stood when the dialog opened: only what was changed here is sent.
  const [shown] = useState(paper.said);
  const [said, setSaid] = useState<PaperSaid>(paper.said);
  const set = (change: Partial<PaperSaid>) => setSaid({ ...said, ...change });
  const sight = useSight({ dealId: deal.id, versionId: version.id, said });
  const has = (ask: PaperView['asks'][number]) => paper.asks.includes(ask);
  async function save(): Promise<string | null> {
    const changes = changesOf(shown, said);
    return Object.keys(changes).length === 0 ? null : tell('describeVersion', { versionId: version.id, ...changes });
  }
  return (
    <AskDialog
      title="Who may read it?"
      lead={<Lead {...props} />}
      verb="Save"
      leave="Leave it as it was"
      onLeave={props.onClose}
      onAnswer={save}
    >
      {has('figures') && <Figures deal={deal} paper={paper} said={said} onChange={set} />}
      {has('payer') && (
        <SelectField
          label="Which side paid for it?"
          value={said.paidBySide ?? 'unsaid'}
          choices={[
            { id: 'unsaid', title: 'Nobody has said' },
            ...sidesOf(deal.side).map((side) => ({ id: side, title: `${SIDE_WORDS[side]} side` })),
          ]}
          onChange={(id) => set({ paidBySide: id === 'unsaid' ? null : (id as Side) })}
        />
      )}
      <div className={styles.ticks}>
        {has('other-side') && (
          <Tick
            label="Shared with the other side"
            isOn={said.isWithOtherSide}
            onChange={(isWithOtherSide) => set({ isWithOtherSide })}
          />
        )}
        {has('lender') && (
          <Tick
            label="The lender needs it"
            isOn={said.isRequiredByLender}
            onChange={(isRequiredByLender) => set({ isRequiredByLender })}
          />
        )}
        {has('disbursement') && (
          <Tick
            label="It is the disbursement authorization"
            isOn={said.isDisbursementAuthorization}
            onChange={(isDisbursementAuthorization) => set({ isDisbursementAuthorization })}
          />
        )}
      </div>
      <p className="banner accent" role="status">
        <Icon name="people" />
        <span dir="auto">
          {sight === undefined ? 'Looking who would read it' : `With this: ${lowerIt(sightText(sight))}`}
        </span>
      </p>
    </AskDialog>
  );
}

/** "It is on nobody’s page." after a colon; names stay as they are. */
function lowerIt(text: string): string {
  return text.replace(/^It /, 'it ');
}

function Figures(props: {
  readonly deal: DealView;
  readonly paper: PaperView;
  readonly said: PaperSaid;
  readonly onChange: (change: Partial<PaperSaid>) => void;
}) {
  const { deal, paper, said } = props;
  const people = figureHolders(deal, paper.asks);
  const isCommission = paper.asks.includes('disbursement');
  const put = (id: string, isOn: boolean) =>
    props.onChange({
      aboutPersonIds: isOn ? [...said.aboutPersonIds, id] : said.aboutPersonIds.filter((one) => one !== id),
    });
  return (
    <fieldset className={`plain ${styles.ticks}`}>
      <legend>{isCommission ? 'Whose commission does it show?' : 'Whose figures does it show?'}</legend>
      {people.map(({ id, name, role }) => (
        <Tick
          key={id}
          label={name}
          detail={ROLE_WORDS[role]}
          isOn={said.aboutPersonIds.includes(id)}
          onChange={(isOn) => put(id, isOn)}
        />
      ))}
      <p className="meta">
        {people.length === 0
          ? `No ${isCommission ? 'agent' : 'client'} is on this deal, so nobody can be named.`
          : said.aboutPersonIds.length === 0
            ? 'Nobody is named: it is not known, and opens to nobody by itself.'
            : 'It shows these alone. If it shows anybody else, name them too.'}
      </p>
    </fieldset>
  );
}

function Tick(props: {
  readonly label: string;
  readonly detail?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <label>
      <input type="checkbox" checked={props.isOn} onChange={(event) => props.onChange(event.target.checked)} />
      <span dir="auto">
        {props.label}
        {props.detail && <small>{props.detail}</small>}
      </span>
    </label>
  );
}

/** Asks people who see the file to read it and say that they did. All of them, unless somebody is left out. */
export function AskReadDialog(props: Props) {
  const { deal, version } = props;
  const paper = usePaper(deal.id, version.id);
  return paper === undefined ? null : <AskRead {...props} paper={paper} />;
}

function AskRead(props: Props & { readonly paper: PaperView }) {
  const { deal, version, paper } = props;
  const tell = useTell(deal.id);
  const roleOf = (personId: string) => deal.people.find(({ id }) => id === personId)?.role;
  const isClient = (personId: string) => ['client', 'co-client'].includes(roleOf(personId) ?? '');
  const [left, setLeft] = useState<ReadonlySet<string>>(
    () => new Set(paper.mayAsk.map(({ personId }) => personId).filter((id) => !isClient(id))),
  );
  const asked = paper.mayAsk.filter(({ personId }) => !left.has(personId));
  function put(personId: string, isOn: boolean): void {
    const next = new Set(left);
    if (isOn) next.delete(personId);
    else next.add(personId);
    setLeft(next);
  }
  return (
    <AskDialog
      title="Ask to read"
      lead={<Lead {...props} />}
      says="It stands on their page as to be read, and they say there that they have. This very file is what they read."
      verb="Ask to read"
      leave="Ask nobody"
      onLeave={props.onClose}
      onAnswer={async () =>
        asked.length === 0
          ? 'Choose who is to read it.'
          : tell('askToRead', {
              versionId: version.id,
              personIds: asked.map(({ personId }) => personId),
              at: new Date().toISOString(),
            })
      }
    >
      <fieldset className={`plain ${styles.ticks}`}>
        <legend>Who</legend>
        {paper.mayAsk.map(({ personId, name }) => {
          const role = roleOf(personId);
          return (
            <Tick
              key={personId}
              label={name}
              {...(role === undefined ? {} : { detail: ROLE_WORDS[role] })}
              isOn={!left.has(personId)}
              onChange={(isOn) => put(personId, isOn)}
            />
          );
        })}
        {paper.mayAsk.length === 0 && (
          <p className="meta">Everybody who sees it was asked already, or nobody sees it yet.</p>
        )}
      </fieldset>
    </AskDialog>
  );
}

function Lead(props: Pick<Props, 'line' | 'version'>) {
  return (
    <p className="meta" dir="auto">
      {props.line.title}, version {props.version.number}
    </p>
  );
}
