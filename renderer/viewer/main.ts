import '../design/tokens.css';
import './viewer.css';
import { openImage } from './image-source.ts';
import { saneSize } from './layout.ts';
import { HELLO, type Place, type ViewerState, type Zoom } from './messages.ts';
import { createPaperView, type PaperView } from './paper-view.ts';
import { openPdf } from './pdf-source.ts';
import { createSearch, type Search } from './search.ts';
import { NotShown, type Source } from './source.ts';
import { openText } from './text-source.ts';
import { type Command, createWire, fileOver, type Wire } from './wire.ts';

type Open = Extract<Command, { type: 'open' }>;

/** What the frame shows: nothing yet, then one file for as long as it lives. */
interface Shown {
  view: PaperView | null;
  search: Search | null;
  page: number;
  givePassword: ((password: string) => void) | null;
  /** Told before the file was open. */
  readonly early: Command[];
}

// The page sends the port once. Nobody else can: only that page may frame this one, and it holds the only handle.
window.addEventListener('message', function hello({ data, source, ports }) {
  const [port] = ports;
  if (source !== window.parent || data !== HELLO || port === undefined) return;
  window.removeEventListener('message', hello);
  begin(port);
});

function begin(port: MessagePort): void {
  const shown: Shown = { view: null, search: null, page: 0, givePassword: null, early: [] };
  const wire = createWire(port, (command) => hear(command, shown, wire));
  listenToKeys(shown, wire);
  wire.say({ type: 'ready' });
}

let isOpened = false;
function hear(command: Command, shown: Shown, wire: Wire): void {
  if (command.type === 'open') {
    if (isOpened) return; // one frame, one file: a file that took the frame over must not meet the next
    isOpened = true;
    void open(command, shown, wire);
  } else if (command.type === 'look') document.documentElement.dataset.theme = command.theme;
  else if (command.type === 'password') shown.givePassword?.(command.password);
  else if (shown.view === null) shown.early.push(command);
  else act(command, shown.view, shown);
}

function act(command: Command, view: PaperView, { search }: Shown): void {
  if (command.type === 'go') view.go(command.to);
  if (command.type === 'zoom') view.zoom(command.to);
  if (command.type === 'turn') view.turn();
  if (command.type === 'marks') view.mark(command.marks);
  if (command.type === 'find') search?.find(command.text);
  if (command.type === 'find-step') search?.step(command.by);
}

async function open(command: Open, shown: Shown, wire: Wire): Promise<void> {
  const tell = (state: ViewerState) => {
    if (state.kind === 'open') shown.page = state.page - 1;
    wire.say({ type: 'state', state });
  };
  tell({ kind: 'opening' });
  try {
    const source = await sourceOf(command, shown, wire, tell);
    const first = await source.size(0).then(saneSize);
    const view = document.getElementById('view');
    const pages = document.getElementById('pages');
    if (view === null || pages === null) throw new Error('the viewer has no pages');
    // Scrolled by keys like any text.
    view.tabIndex = 0;
    shown.view = createPaperView({ source, view, pages, first, startAt: command.page - 1, tell });
    shown.search = searchIn(source, shown, wire);
    for (const early of shown.early.splice(0)) act(early, shown.view, shown);
  } catch (error) {
    if (error instanceof NotShown && error.why === 'empty') tell({ kind: 'empty' });
    else tell({ kind: 'failed', why: error instanceof NotShown && error.why !== 'empty' ? error.why : 'damaged' });
  }
}

function sourceOf(
  { kind, size, first }: Open,
  shown: Shown,
  wire: Wire,
  tell: (state: ViewerState) => void,
): Promise<Source> {
  const file = fileOver(wire, size, first as Uint8Array<ArrayBuffer>);
  if (size === 0) return Promise.reject(new NotShown('empty'));
  if (kind === 'image') return openImage(file);
  if (kind === 'text') return openText(file);
  const password = (isWrong: boolean) => {
    tell({ kind: 'needs-password', isWrong });
    return new Promise<string>((resolve) => {
      shown.givePassword = resolve;
    });
  };
  const lost = () => tell({ kind: 'failed', why: 'not-readable' });
  return openPdf({ file, data: wire.wantData, password, lost });
}

function searchIn(source: Source, shown: Shown, wire: Wire): Search {
  return createSearch({
    source,
    from: () => shown.page,
    pause: () => new Promise((resolve) => setTimeout(resolve)),
    tell: (query, { count, at, isDone, now }) => {
      wire.say({ type: 'found', text: query, count, at, isDone });
      shown.view?.show(now === null ? null : { query, ...now });
    },
  });
}

const PLACES: Readonly<Record<string, Place>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  PageDown: 'next',
  PageUp: 'previous',
  Home: 'first',
  End: 'last',
};
const ZOOMS: Readonly<Record<string, Zoom>> = { '+': 'in', '=': 'in', '-': 'out', '0': 'width' };

function listenToKeys(shown: Shown, wire: Wire): void {
  window.addEventListener('keydown', (event) => {
    const isWith = event.ctrlKey || event.metaKey;
    const place = isWith || event.altKey || event.shiftKey ? undefined : PLACES[event.key];
    const zoom = isWith ? ZOOMS[event.key] : undefined;
    if (place !== undefined) shown.view?.go(place);
    else if (zoom !== undefined) shown.view?.zoom(zoom);
    else if (event.key === 'Escape') wire.say({ type: 'leave', to: 'page' });
    else if (isWith && event.key === 'f') wire.say({ type: 'leave', to: 'find' });
    else return;
    event.preventDefault();
  });
}
