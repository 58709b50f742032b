import { ask, type Problem } from '../ask.ts';

export interface Fetched {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** From the content: `application/pdf`. */
  readonly kind: string;
  readonly fileName: string;
}
export type FetchAnswer =
  | { readonly ok: true; readonly value: Fetched }
  | { readonly ok: false; readonly problem: Problem };

/** How much has come, and of how much; null when that was not said. Both in bytes. */
export type OnProgress = (got: number, total: number | null) => void;

const LOST: FetchAnswer = { ok: false, problem: { type: 'unreachable' } };

/**
 * The bytes of one document, for this page to draw. The ticket goes to the files' own address in the body, without the
 * session. Never throws: a line that is lost on the way is a portal that cannot be reached.
 */
export async function fetchDocument(
  versionId: string,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<FetchAnswer> {
  const granted = await ask('document-ticket', { versionId, use: 'read' });
  if (!granted.ok) return granted;
  const { url, ticket, fileName } = granted.value;
  try {
    const reply = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ ticket }),
      credentials: 'omit',
      cache: 'no-store',
      signal,
    });
    // The right to it may have ended since; asking anew says so in words.
    if (!reply.ok || reply.body === null) return LOST;
    const total = Number(reply.headers.get('content-length') ?? 0);
    const bytes = await readAll(reply.body, (got) => onProgress(got, total > 0 ? total : null));
    const kind = (reply.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
    return total > 0 && bytes.length < total ? LOST : { ok: true, value: { bytes, kind, fileName } };
  } catch {
    return LOST;
  }
}

async function readAll(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  told: (got: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let got = 0;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    got += part.value.length;
    told(got);
  }
  const whole = new Uint8Array(got);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
