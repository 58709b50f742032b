import { join } from 'node:path';
import type { HostHandlers } from '../contract/answer.ts';
import type { CallError } from '../contract/calls.ts';
import { isOpenable } from '../contract/links.ts';
import type { Marks } from '../contract/marks.ts';
import { ownFolder } from '../contract/own-folder.ts';
import { answered, refused } from '../contract/reply.ts';
import type { UpdateState } from '../contract/updates.ts';

export interface HostDeps {
  readonly data: string;
  readonly version: string;
  readonly marks: Marks;
  /** The board is on the screen. */
  readonly onBoard: () => void;
  readonly now: () => number;
  readonly open: (target: string) => Promise<boolean>;
}

const done = () => answered({ done: true as const });
const OFF: UpdateState = {
  kind: 'off',
  sentence: 'Closeboard runs in a browser here and is updated together with its folder.',
};

/** The calls that this host answers itself. What needs the desktop is not among its capabilities. */
export function createHostHandlers({ data, version, marks, now, open, onBoard }: HostDeps): HostHandlers {
  const openTarget = async (target: string, sentence: string) =>
    (await open(target)) ? done() : refused(notHere(sentence));
  return {
    'host:info': () =>
      answered({ version, capabilities: ['open-folder' as const], platform: platform(), dataFolder: data }),
    'host:open-folder': ({ which, name }) => {
      const own = ownFolder(which, name);
      if (own === null)
        return refused({ type: 'bad-call', message: 'There is no such folder. Look at the deal again.' });
      const folder = join(data, ...own);
      return openTarget(folder, `The folder could not be opened. It is ${folder}.`);
    },
    // A page has no dialog that tells where a folder is: there it is typed.
    'host:pick-folder': () => answered({ path: null }),
    'host:open-link': ({ url }) =>
      isOpenable(url)
        ? openTarget(url, 'No program on this computer opens this link.')
        : refused({
            type: 'bad-call',
            message: 'Only web pages (https), mail addresses and the portal of this computer are opened.',
          }),
    // The page colours itself; there is no window of ours around it.
    'host:set-theme': done,
    'host:notify': () => refused(notHere('Notifications need the installed app.')),
    'host:mark': ({ name }) => {
      marks.mark(name, now());
      if (name === 'board/painted') onBoard();
      return done();
    },
    'updates:state': () => answered(OFF),
    'updates:check': () => answered(OFF),
    'updates:download': () => answered(OFF),
    'updates:restart': () => answered(OFF),
  };
}

function platform() {
  return process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
}

function notHere(message: string): CallError {
  return { type: 'not-here', message };
}
