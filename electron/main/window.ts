import { BrowserWindow, nativeTheme, screen } from 'electron';
import { PAGE_URL } from './page-address.ts';
import type { ShellFile } from './shell-file.ts';
import { type Area, MIN_SIZE, placeWindow } from './window-state.ts';

interface WindowDeps {
  readonly preload: string;
  readonly shell: ShellFile;
  readonly onShown: () => void;
}

/** The window's ground until the page paints: --canvas of renderer/design/tokens.css, light and dark. */
const GROUND = { light: '#f8f9f9', dark: '#121516' } as const;
const SAVE_AFTER_MS = 500;

/** Opens the window where it was left, and shows it when the page has painted for the first time. */
export function openWindow({ preload, shell, onShown }: WindowDeps): BrowserWindow {
  const { bounds, isMaximized } = shell.get();
  const window = new BrowserWindow({
    ...placeWindow(bounds, workAreas()),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: 'Closeboard',
    show: false,
    backgroundColor: ground(),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: true,
    },
  });
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize();
    window.show();
    onShown();
  });
  keepPlace(window, shell);
  const repaint = () => window.setBackgroundColor(ground());
  nativeTheme.on('updated', repaint);
  window.once('closed', () => nativeTheme.off('updated', repaint));
  // A page that fails to load is retried by reloading; the promise tells nothing that did-fail-load does not.
  window.loadURL(PAGE_URL).catch(() => {});
  return window;
}

function ground(): string {
  return nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light;
}

function workAreas(): [Area, ...Area[]] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary.workArea, ...others.map((display) => display.workArea)];
}

/** Notes the window's place a moment after it was last moved, and when it closes. */
function keepPlace(window: BrowserWindow, shell: ShellFile): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = () => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    // The normal bounds: what a maximized window goes back to.
    const { x, y, width, height } = window.getNormalBounds();
    shell.set({ bounds: { x, y, width, height }, isMaximized: window.isMaximized() });
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, SAVE_AFTER_MS);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', keep);
}
