#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Answer, Command } from './answer.ts';

/** The commands, each loaded only when it is asked for: a start costs one command, not all of them. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  packs: async () => (await import('./commands/packs.ts')).packs,
  count: async () => (await import('./commands/count.ts')).count,
  dates: async () => (await import('./commands/dates.ts')).dates,
  holidays: async () => (await import('./commands/holidays.ts')).holidays,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  portal: async () => (await import('./commands/portal.ts')).portal,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  verify: async () => (await import('./commands/verify.ts')).verify,
};

// Keeps stripped and compiled sources between starts: a third of the time of a start. In our own folder, since code that
// others may write to is no place to run from; where it cannot be written, everything works without it.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/closeboard', import.meta.url)));

await main(process.argv.slice(2));

async function main([name, ...words]: readonly string[]): Promise<void> {
  if (name === 'help' || name === '--help') {
    console.error(await help());
    return;
  }
  const load = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  if (load === undefined) {
    if (name !== undefined) console.error(`There is no command ${name}.`);
    console.error(await help());
    process.exitCode = 2;
    return;
  }
  const command = await load();
  print(await command.run(words), command);
}

/** JSON on standard output, messages for people on standard error, and the exit code of the answer. */
function print(answer: Answer, command: Command): void {
  switch (answer.kind) {
    case 'value':
      console.log(JSON.stringify(answer.value));
      return;
    case 'refusal':
      console.log(JSON.stringify({ error: { type: answer.type, message: answer.message } }));
      console.error(answer.message);
      process.exitCode = 1;
      return;
    case 'usage':
      console.error(answer.message);
      console.error(`Usage: ${command.usage}`);
      process.exitCode = 2;
  }
}

async function help(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  return ['Usage:', ...commands.map((command) => `  ${command.usage}`)].join('\n');
}
