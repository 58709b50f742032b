import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Portal, startServer } from '../../portal/server/index.ts';
import { type Command, refusal, value } from '../answer.ts';
import { readWords } from '../words.ts';

/** `out/portal-web` seen from the source, and from the bundle beside it. */
const WEB = ['../../out/portal-web', '../portal-web'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Runs until it is told to end. Its log is one JSON object a line on standard output; what people need is told beside it. */
export const portal: Command = {
  usage:
    'closeboard portal --data DIR [--listen ADDRESS:PORT] [--public-url URL] [--files-url URL] [--database URL] [--blobs DIR] [--restored]',
  async run(words) {
    const flags = readWords(words, {
      data: { type: 'string' },
      listen: { type: 'string' },
      'public-url': { type: 'string' },
      'files-url': { type: 'string' },
      database: { type: 'string' },
      blobs: { type: 'string' },
      restored: { type: 'boolean' },
    });
    if (!flags.ok) return flags.error;
    const { 'public-url': publicUrl, 'files-url': filesUrl, restored: isRestored = false, ...named } = flags.value;
    const given = Object.entries({ ...named, publicUrl, filesUrl }).filter(([, word]) => word !== undefined);
    const web = WEB.find((folder) => existsSync(folder));
    // What it makes is for whoever runs it only.
    process.umask(0o077);
    const started = await startServer({
      flags: Object.fromEntries(given),
      env: process.env,
      write: (line) => process.stdout.write(line),
      isRestored,
      ...(web === undefined ? {} : { web }),
    });
    if (!started.ok) return refusal({ type: 'NotStarted', message: started.error.join(' ') });
    tell(started.value);
    if (web === undefined)
      console.error('The pages of people are not built here, so links open nothing yet: run `npm run portal` instead.');
    if (isRestored)
      console.error(
        'Every computer now compares everything again and sends what the copy lacks. Start without --restored from now on.',
      );
    await ended();
    console.error('Ending: what runs is finished first.');
    await started.value.close();
    return value({ ended: true });
  },
};

/** The code is told here and nowhere else. */
function tell({ url, config, setupCode }: Portal): void {
  console.error(`The portal listens at ${url}. Desktops and people reach it at ${config.publicUrl}.`);
  if (setupCode === null) return;
  console.error(`Set it up with this code, in Closeboard under Settings, Portal and team: ${setupCode}`);
  console.error('It works once, for seven days. The next start makes a new one while nobody has used it.');
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
