import { ApiError } from '../../../../portal/api/values.ts';

/** How one file's way ended. */
export type Outcome =
  | { readonly type: 'done' }
  /** We ended it ourselves: paused, closed, another file first. It goes on where it is. */
  | { readonly type: 'stopped' }
  /** Nobody answered, or the server cannot now: nothing else gets through either. */
  | { readonly type: 'away'; readonly sentence: string; readonly waitMs: number }
  | { readonly type: 'signed-out' }
  /** Not there (yet), or not for us: both read the same. */
  | { readonly type: 'not-there' }
  /** This file does not go, whenever it is tried; the others do. */
  | { readonly type: 'refused'; readonly sentence: string };

export const OFFLINE: Outcome = { type: 'away', sentence: '', waitMs: 5_000 };

/** What an answer that is no success means for the file. */
export function outcomeOf(status: number, body: string): Outcome {
  const error = errorIn(body);
  if (status === 401) return { type: 'signed-out' };
  if (status === 429) return { type: 'away', sentence: '', waitMs: (error?.retryAfter ?? 60) * 1_000 };
  if (status === 404 || status === 410) return { type: 'not-there' };
  if (status === 409 || status === 423) return { type: 'away', sentence: '', waitMs: 2_000 };
  if (status === 507 || error?.type === 'away') return { type: 'away', sentence: error?.message ?? '', waitMs: 60_000 };
  if (status >= 500 || error === null) return { type: 'away', sentence: '', waitMs: 30_000 };
  return { type: 'refused', sentence: error.message };
}

function errorIn(body: string): ApiError | null {
  try {
    const reply = JSON.parse(body) as { readonly error?: unknown } | null;
    const error = ApiError.safeParse(reply?.error);
    return error.success ? error.data : null;
  } catch {
    return null;
  }
}
