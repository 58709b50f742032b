import type { BrowserContext, ConsoleMessage } from 'playwright-core';

/** What the pages of a test said: all of it for the report, and what no journey may cause. */
export interface Problems {
  watch(context: BrowserContext): void;
  /** From now on this may be said: the journey causes it on purpose. */
  allow(pattern: RegExp): void;
  /** Errors that were not allowed. */
  unexpected(): readonly string[];
  /** Everything the pages said. */
  transcript(): readonly string[];
}

/** Gathers console errors, uncaught errors and violations of the content policy (the browser tells those as errors). */
export function createProblems(): Problems {
  const said: string[] = [];
  const errors: string[] = [];
  const allowed: RegExp[] = [];
  const wrong = (text: string) => {
    said.push(text);
    if (!allowed.some((pattern) => pattern.test(text))) errors.push(text);
  };
  const hear = (message: ConsoleMessage) => {
    const { url, lineNumber } = message.location();
    const text = `${message.type()}: ${message.text()} (${url}:${lineNumber})`;
    if (message.type() === 'error') wrong(text);
    else said.push(text);
  };
  return {
    watch(context) {
      context.on('console', hear);
      context.on('weberror', (error) => wrong(`uncaught: ${error.error().stack ?? error.error().message}`));
    },
    allow: (pattern) => void allowed.push(pattern),
    unexpected: () => errors.filter((text) => !allowed.some((pattern) => pattern.test(text))),
    transcript: () => said,
  };
}
