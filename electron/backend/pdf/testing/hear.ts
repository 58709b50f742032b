import type { Log } from '../../../contract/log.ts';

/** A log that remembers its lines: `warn why`, `defect message`. */
export function hearingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    info: (message) => void lines.push(`info ${message}`),
    warn: (message, facts) => void lines.push(`warn ${message} ${facts?.why ?? ''}`.trim()),
    defect: (where, error) =>
      void lines.push(`defect ${where}: ${error instanceof Error ? error.message : typeof error}`),
  };
}
