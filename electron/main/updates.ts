import type { HostEvent } from '../contract/events.ts';
import type { UpdateState } from '../contract/updates.ts';
import { chooseFeed, packagedFeed } from './update-feed.ts';
import { createUpdater, firstState, type Updater } from './updater.ts';

/** What the window may ask of the updater; each answers with the state it is then in. */
export interface Updates {
  state(): UpdateState;
  check(): Promise<UpdateState>;
  download(): Promise<UpdateState>;
  restart(): Promise<UpdateState>;
  close(): void;
}

interface UpdatesDeps {
  readonly isBusy: () => boolean;
  readonly emit: (event: HostEvent) => void;
  /** Electron's `process.resourcesPath`, where an installer leaves its update address. */
  readonly resourcesPath: string;
}

/** The updater, whose library is read only when there is an address and a person first looks for an update. */
export function createUpdates({ isBusy, emit, resourcesPath }: UpdatesDeps): Updates {
  const feedUrl = chooseFeed({ env: process.env, setting: null, packaged: packagedFeed(resourcesPath) });
  const first = firstState(feedUrl);
  let loading: Promise<Updater> | null = null;
  let updater: Updater | null = null;

  const load = async (): Promise<Updater> => {
    // A CommonJS package: its names hang on the default export.
    const { default: library } = await import('electron-updater');
    const onState = (state: UpdateState) => emit({ type: 'updates:changed', state });
    updater = createUpdater({ autoUpdater: library.autoUpdater, feedUrl, isBusy, onState });
    return updater;
  };
  const ask = async (step: 'check' | 'download' | 'restart'): Promise<UpdateState> => {
    if (first.kind === 'off') return first;
    loading ??= load();
    return (await loading)[step]();
  };

  return {
    state: () => updater?.state() ?? first,
    check: () => ask('check'),
    download: () => ask('download'),
    restart: () => ask('restart'),
    close: () => updater?.close(),
  };
}
