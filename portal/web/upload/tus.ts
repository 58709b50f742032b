import { DetailedError, Upload } from 'tus-js-client';
import type { ApiReply } from '../../api/values.ts';
import { pageHeader } from '../ask.ts';
import { CHUNK_BYTES, UPLOADS_PATH } from './pages.ts';
import type { PageEnd, PageUpload, UploadPage } from './uploader.ts';

/** Sends one page by tus, from where the portal has it. Never throws; ends when it is called off. */
export const uploadPage: UploadPage = (page, blob, { about, onUrl, onGone }): PageUpload => {
  let end: (how: PageEnd) => void = () => {};
  const ended = new Promise<PageEnd>((resolve) => {
    end = resolve;
  });
  const upload = new Upload(blob, {
    endpoint: UPLOADS_PATH,
    uploadUrl: page.url,
    chunkSize: CHUNK_BYTES,
    // Whoever waits for a signal begins again here; this only says how it ended.
    retryDelays: null,
    storeFingerprintForResuming: false,
    metadata: { ...about },
    headers: { ...pageHeader() },
    onUploadUrlAvailable: () => onUrl(pathOf(upload.url)),
    onProgress: (gone) => onGone(gone),
    onSuccess: () => end({ type: 'sent' }),
    onError: (error) => end(endOf(error)),
  });
  upload.start();
  return {
    ended,
    stop: () => {
      void upload.abort(false);
      end({ type: 'lost' });
    },
  };
};

/** The portal's own origin is not kept: it is asked where the page comes from. */
function pathOf(url: string | null): string | null {
  return url === null ? null : new URL(url, location.href).pathname;
}

function endOf(error: Error | DetailedError): PageEnd {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (response === null) return { type: 'lost' };
  const status = response.getStatus();
  if (status === 401 || status === 403) {
    const told = errorOf(response.getBody());
    return told?.type === 'not-allowed' ? { type: 'refused', message: told.message } : { type: 'over' };
  }
  // Somebody else holds it for a moment, the offset moved, or the portal rests: all of these pass.
  if (status === 0 || status === 409 || status === 423 || status === 429 || status >= 500) return { type: 'lost' };
  const told = errorOf(response.getBody());
  return { type: 'refused', message: told?.message ?? '' };
}

function errorOf(body: string) {
  try {
    const reply = JSON.parse(body) as ApiReply<never>;
    return reply.ok ? null : reply.error;
  } catch {
    // A proxy on the way speaks for itself.
    return null;
  }
}

/** Takes one page away from the portal; where that fails, it goes by itself after a week. */
export async function removeUpload(url: string): Promise<void> {
  await fetch(url, {
    method: 'DELETE',
    headers: { 'tus-resumable': '1.0.0', ...pageHeader() },
    credentials: 'same-origin',
  }).catch(() => {});
}
