import type { LineView, VersionView } from '../../../electron/contract/papers.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import {
  AddDialog,
  AskAgainDialog,
  CalledDialog,
  EditDialog,
  ElsewhereDialog,
  WaiveLineDialog,
} from './documents-dialogs.tsx';
import { FolderDialog } from './documents-folder.tsx';
import { ChecklistRoom, MergeRoom, PacketRoom } from './documents-packet.tsx';
import { PagesRoom } from './documents-pages.tsx';
import { PreviewRoom } from './documents-preview.tsx';
import { RequestDialog } from './documents-request.tsx';
import { AskReadDialog, DescribeDialog } from './documents-say-dialogs.tsx';
import { KnowDialog, MoveDialog, StampDialog, TakeOutDialog } from './documents-version-dialogs.tsx';

/** What was asked for over the list of documents: one dialog at a time. */
export type Asked =
  | { readonly kind: 'request' | 'add' | 'packet' | 'checklist' | 'merge' | 'folder' }
  | { readonly kind: 'edit' | 'waive' | 'again' | 'elsewhere' | 'call'; readonly lineId: string }
  | { readonly kind: 'open'; readonly lineId: string; readonly versionId: string }
  | { readonly kind: 'know' | 'move' | 'out' | 'pages' | 'stamp' | 'describe' | 'read'; readonly versionId: string };

interface Props {
  readonly deal: DealView;
  readonly lines: readonly LineView[];
  /** Those that the list shows now: the next one of these is the next to read. */
  readonly shown: readonly LineView[];
  readonly asked: Asked;
  readonly onAsk: (asked: Asked) => void;
  readonly onPick: (lineId: string) => void;
  readonly onClose: () => void;
}

export function DocumentDialogs(props: Props) {
  const { asked } = props;
  if ('versionId' in asked) {
    const found = versionIn(props.lines, asked.versionId);
    return found && <VersionDialog {...props} {...found} kind={asked.kind} />;
  }
  if ('lineId' in asked) {
    const line = props.lines.find((one) => one.id === asked.lineId);
    return line ? <LineDialog {...props} line={line} kind={asked.kind} /> : null;
  }
  switch (asked.kind) {
    case 'request':
      return <RequestDialog deal={props.deal} onAsked={props.onPick} onClose={props.onClose} />;
    case 'add':
      return <AddDialog deal={props.deal} onAdded={props.onPick} onClose={props.onClose} />;
    case 'packet':
      return <PacketRoom deal={props.deal} lines={props.lines} onClose={props.onClose} />;
    case 'merge':
      return <MergeRoom deal={props.deal} lines={props.lines} onClose={props.onClose} />;
    case 'checklist':
      return <ChecklistRoom deal={props.deal} onClose={props.onClose} />;
    case 'folder':
      return <FolderDialog deal={props.deal} onClose={props.onClose} />;
  }
}

function LineDialog(props: Props & { readonly line: LineView; readonly kind: string }) {
  const common = { dealId: props.deal.id, line: props.line, onClose: props.onClose };
  switch (props.kind) {
    case 'edit':
      return <EditDialog {...common} />;
    case 'waive':
      return <WaiveLineDialog {...common} />;
    case 'again':
      return <AskAgainDialog {...common} />;
    case 'elsewhere':
      return <ElsewhereDialog {...common} />;
    default:
      return <CalledDialog {...common} />;
  }
}

function VersionDialog(
  props: Props & { readonly line: LineView; readonly version: VersionView; readonly kind: string },
) {
  const { deal, line, version, lines, onClose } = props;
  const common = { dealId: deal.id, line, version, onClose };
  switch (props.kind) {
    case 'know':
      return <KnowDialog {...common} />;
    case 'move':
      return <MoveDialog {...common} lines={lines} />;
    case 'out':
      return <TakeOutDialog {...common} />;
    case 'stamp':
      return <StampDialog {...common} />;
    case 'describe':
      return <DescribeDialog deal={deal} line={line} version={version} onClose={onClose} />;
    case 'read':
      return <AskReadDialog deal={deal} line={line} version={version} onClose={onClose} />;
    case 'pages':
      return <PagesRoom key={version.id} {...common} />;
    default:
      return <PreviewRoom {...props} />;
  }
}

function versionIn(lines: readonly LineView[], versionId: string) {
  for (const line of lines) {
    const version = line.versions.find((one) => one.id === versionId);
    if (version !== undefined) return { line, version };
  }
  return null;
}
