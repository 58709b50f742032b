/** Lines for the log: ids, counts and codes, never what a person wrote, a token, a code or a key. */
export interface PortalLog {
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  /** Something no rule foresaw; its own words go to the log only. */
  defect(message: string, error: unknown): void;
}

export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;
