import { useRouter } from '@tanstack/react-router';
import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { useRun } from '../../data/commands.ts';
import { CLASS_WORDS, newestOf } from '../../data/papers.ts';
import { useToday } from '../../data/queries.ts';
import { capital, STAGE_TITLES } from '../../data/words.ts';
import { usePickInto } from '../../ui/drop-zone.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { Mark } from '../../ui/marks.tsx';
import { type Act, ActMenu } from '../../ui/pick-menu.tsx';
import { AskButton, OnPages } from './documents-ask-line.tsx';
import type { Asked } from './documents-asked.tsx';
import { Chain } from './documents-chain.tsx';
import { isIn, lineFace, mayAskAgain, mayWaive } from './documents-state.ts';
import task from './task.module.css';
import { Back } from './tasks-tab.tsx';

interface Props {
  readonly deal: DealView;
  readonly line: LineView;
  /** The list has the keys: the pane is not on screen. */
  readonly isQuiet: boolean;
  readonly onAsk: (asked: Asked) => void;
  readonly onBack: () => void;
}

/** One document: where it stands, who sends it, what can be done, and its files. */
export function DocumentPane(props: Props) {
  const { deal, line } = props;
  const face = lineFace(line, useToday());
  return (
    <article className={task.pane} aria-label="Selected document">
      <header>
        <div className={task.line}>
          <Mark state={face.state} shape={face.shape} isBoxed>
            {face.says}
          </Mark>
          <span className="meta">
            {STAGE_TITLES[line.stage]}, {CLASS_WORDS[line.class].toLowerCase()}
          </span>
          <Back onBack={props.onBack} />
        </div>
        <h2 dir="auto">{line.title}</h2>
      </header>
      <p className={task.say}>{whoLine(line)}</p>
      {deal.closedOn === null && <OnPages deal={deal} line={line} />}
      {line.reason !== '' && (
        <p className="banner waiting">
          <Icon name={face.shape} />
          <span>{reasonLine(line)}</span>
        </p>
      )}
      {deal.closedOn === null ? <Acts {...props} /> : <ReadOnlyActs {...props} />}
      {line.isMetadataOnly ? (
        <p className="t2">The lender keeps these. Closeboard holds no file, only that they have it.</p>
      ) : (
        <Chain deal={deal} line={line} onAsk={props.onAsk} />
      )}
    </article>
  );
}

function whoLine(line: LineView): string {
  const who = line.who === '' ? 'Nobody sends it yet.' : `${capital(line.who)} sends it.`;
  const need = line.isRequired ? `${STAGE_TITLES[line.stage]} is not done without it.` : '';
  const law = line.isLegal ? 'The law asks for it.' : '';
  const condition = line.condition === '' ? '' : `${capital(line.condition).replace(/\.$/, '')}.`;
  return [who, need, law, condition].filter(Boolean).join(' ');
}

function reasonLine(line: LineView): string {
  const reason = line.reason.replace(/\.$/, '');
  if (line.state === 'rejected') return `Sent back: ${reason}.`;
  if (line.state === 'waived') return `Not needed: ${reason}.`;
  return `${reason}.`;
}

function ReadOnlyActs(props: Props) {
  const newest = newestOf(props.line);
  const open = () => newest && props.onAsk({ kind: 'open', lineId: props.line.id, versionId: newest.id });
  useKeys({ v: () => void open(), Enter: () => void open() }, !props.isQuiet);
  return (
    <div className={task.acts}>
      <p className="t2">This deal is closed, so its documents can be read and not changed.</p>
      {newest && <OpenButton onOpen={() => void open()} />}
    </div>
  );
}

function OpenButton(props: { readonly onOpen: () => void; readonly isFirst?: boolean }) {
  return (
    <button type="button" className="btn" onClick={props.onOpen}>
      <Icon name="open" />
      Open <Kbd>{props.isFirst ? 'Enter' : 'V'}</Kbd>
    </button>
  );
}

/** What the one filled button does, and with it Enter. */
type First = 'review' | 'file' | 'elsewhere' | 'call' | 'open' | 'none';

function firstOf(line: LineView, newest: VersionView | null): First {
  if (newest?.isHeld) return 'call';
  if (isIn('to-review', line)) return 'review';
  if (line.isMetadataOnly) return line.state === 'approved' || line.state === 'waived' ? 'none' : 'elsewhere';
  if (line.state === 'requested' || line.state === 'rejected') return 'file';
  return newest === null ? 'none' : 'open';
}

function Acts(props: Props) {
  const { deal, line, onAsk } = props;
  const newest = newestOf(line);
  const router = useRouter();
  const pick = usePickInto();
  const ask = (kind: 'waive' | 'again' | 'edit' | 'elsewhere' | 'call') => onAsk({ kind, lineId: line.id });
  const open = () => newest && onAsk({ kind: 'open', lineId: line.id, versionId: newest.id });
  const review = () => router.history.push(`/review?deal=${encodeURIComponent(deal.id)}`);
  const file = () => void pick({ dealId: deal.id, lineId: line.id, name: line.title });
  const first = firstOf(line, newest);
  const does: Record<First, () => void> = {
    ...{ review, file, none: () => {}, open: () => void open() },
    elsewhere: () => ask('elsewhere'),
    call: () => ask('call'),
  };
  const menu = useMenu(props);
  useKeys(
    {
      Enter: does[first],
      v: () => void open(),
      f: () => !line.isMetadataOnly && file(),
      r: () => mayAskAgain(line) && ask('again'),
      x: () => mayWaive(line) && ask('waive'),
      e: () => ask('edit'),
    },
    !props.isQuiet,
  );
  return (
    <div className={task.acts}>
      {first in FIRST_WORDS && (
        <button type="button" className="btn go" onClick={does[first]}>
          <Icon name={FIRST_WORDS[first as keyof typeof FIRST_WORDS].icon} />
          {FIRST_WORDS[first as keyof typeof FIRST_WORDS].says} <Kbd>Enter</Kbd>
        </button>
      )}
      {newest && <OpenButton onOpen={() => void open()} isFirst={first === 'open'} />}
      {!line.isMetadataOnly && first !== 'file' && (
        <button type="button" className="btn" onClick={file}>
          <Icon name="clip" />
          {newest === null ? 'File here…' : 'File a newer one…'} <Kbd>F</Kbd>
        </button>
      )}
      <AskButton {...props} />
      {mayAskAgain(line) && (
        <button type="button" className="btn bare" onClick={() => ask('again')}>
          <Icon name="back" />
          Request again
        </button>
      )}
      {mayWaive(line) && (
        <button type="button" className="btn bare" onClick={() => ask('waive')}>
          <Icon name="nn" />
          Not needed
        </button>
      )}
      <ActMenu label="More for this document" acts={menu} />
    </div>
  );
}

const FIRST_WORDS = {
  review: { says: 'Review', icon: 'review' },
  file: { says: 'File here…', icon: 'clip' },
  elsewhere: { says: 'The lender has it', icon: 'check' },
  call: { says: 'I called, it is real', icon: 'phone' },
} as const;

function useMenu({ deal, line, onAsk }: Props): readonly Act[] {
  const run = useRun();
  return [
    {
      id: 'edit',
      title: 'Change name, stage or sender',
      icon: 'pen',
      onPick: () => onAsk({ kind: 'edit', lineId: line.id }),
    },
    {
      id: 'remove',
      title: 'Take this document off the list',
      icon: 'x',
      onPick: () => void run({ dealId: deal.id, name: 'removeLine', args: { lineId: line.id } }),
    },
  ];
}
