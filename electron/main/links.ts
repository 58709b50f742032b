const DEAL_LINK = /^closeboard:\/\/deal\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/?$/i;

/** The deal that `closeboard://deal/<id>` names, or null. Any page may hand us a link: it opens a deal, and does nothing else. */
export function dealOfLink(text: string): string | null {
  return DEAL_LINK.exec(text.trim())?.[1]?.toLowerCase() ?? null;
}

/** The deal link among the words of a command line; the first one counts. */
export function dealOfArguments(args: readonly string[]): string | null {
  for (const word of args) {
    const dealId = dealOfLink(word);
    if (dealId !== null) return dealId;
  }
  return null;
}
