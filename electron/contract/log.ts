/** Facts of a log line: ids, counts, names of calls. Never what a person wrote. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  /** A defect: something that no rule foresaw. Its message and stack go into the log and nowhere else. */
  defect(where: string, error: unknown, facts?: LogFacts): void;
}

/** Where the lines go. `append` may throw (disk full, read-only); the log then carries on without. */
export interface LogSink {
  append(text: string): void;
}

/** One JSON object a line: `at` (ISO instant), `level`, `message`, then the facts. */
export function createLog(sink: LogSink, now: () => string): Log {
  const write = (level: string, message: string, facts: object = {}) => {
    try {
      sink.append(`${JSON.stringify({ at: now(), level, message, ...facts })}\n`);
    } catch {
      // A log that cannot be written must never stop what it tells about.
    }
  };
  return {
    info: (message, facts) => write('info', message, facts),
    warn: (message, facts) => write('warn', message, facts),
    defect: (where, error, facts) => write('defect', where, { ...facts, ...errorFacts(error) }),
  };
}

function errorFacts(error: unknown): { error: string; stack: string[] } {
  if (!(error instanceof Error)) return { error: `thrown: ${typeof error}`, stack: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: `${error.name}: ${withoutQuotes(error.message)}`, stack: frames.map((line) => line.trim()) };
}

/**
 * Messages of libraries quote what they choked on (JSON.parse quotes the text itself), and that may be a client's name.
 * Identifiers and codes stay, since a defect can't be found without them.
 */
export function withoutQuotes(message: string): string {
  return message
    .replace(/(["'`])((?:(?!\1)[\s\S])*)\1/g, (whole, _quote, inner: string) =>
      /^[\w.$:/-]{0,60}$/.test(inner) ? whole : '"…"',
    )
    .replace(/[^\s@"']+@[^\s@"']+/g, '…@…')
    .slice(0, 500);
}
