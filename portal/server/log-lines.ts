import type { LogFacts, PortalLog } from './log.ts';

/**
 * One JSON object a line: `at`, `level`, `message`, then the facts. A log that cannot be written must never stop what it
 * tells about.
 */
export function createLineLog(append: (line: string) => void, now: () => Date): PortalLog {
  const write = (level: string, message: string, facts: object = {}) => {
    try {
      append(`${JSON.stringify({ at: now().toISOString(), level, message, ...facts })}\n`);
    } catch {
      // There is nobody left to tell.
    }
  };
  return {
    info: (message: string, facts?: LogFacts) => write('info', message, facts),
    warn: (message: string, facts?: LogFacts) => write('warn', message, facts),
    defect: (message: string, error: unknown) => write('defect', message, errorFacts(error)),
  };
}

function errorFacts(error: unknown): { readonly error: string; readonly stack: readonly string[] } {
  if (!(error instanceof Error)) return { error: `thrown: ${typeof error}`, stack: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return { error: `${error.name}${code}: ${withoutWords(error.message)}`, stack: frames.map((line) => line.trim()) };
}

/**
 * Messages of libraries quote what they choked on, and that may be a client's name, an address or a token. Identifiers
 * and codes stay, since a defect cannot be found without them.
 */
export function withoutWords(message: string): string {
  return message
    .replaceAll(/(["'`])((?:(?!\1)[\s\S])*)\1/g, (whole, _quote, inner: string) =>
      /^[\w.$:/-]{0,60}$/.test(inner) ? whole : '"…"',
    )
    .replaceAll(/[^\s@"']+@[^\s@"']+/g, '…@…')
    .replaceAll(/[\w-]{40,}/g, '…')
    .slice(0, 500);
}
