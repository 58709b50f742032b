/** What a command has to say: a value (exit 0), a refusal (exit 1), or how it is used (exit 2). */
export type Answer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly type: string; readonly message: string }
  | { readonly kind: 'usage'; readonly message: string };

/** One command of the command line. `run` gets the words after the command's name. */
export interface Command {
  readonly usage: string;
  run(words: readonly string[]): Answer | Promise<Answer>;
}

export function value(json: unknown): Answer {
  return { kind: 'value', value: json };
}

export function refusal({ type, message }: { readonly type: string; readonly message: string }): Answer {
  return { kind: 'refusal', type, message };
}

export function usage(message: string): Answer {
  return { kind: 'usage', message };
}
