import { setImmediate } from 'node:timers/promises';
import { concatTransformationMatrix, drawObject, PDFDocument, popGraphicsState, pushGraphicsState } from 'pdf-lib';
import { photoPlace } from '../../../core/documents/photo-place.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { type PictureFailure, pagePicture } from './photo-page.ts';
import { readWhole } from './read-file.ts';
import { STOPPED } from './types.ts';

export interface Photo {
  /** Of the content, to read. */
  readonly path: string;
  /** What the person knows it by; only for sentences. */
  readonly name: string;
}

export type PhotosFailure =
  | { readonly type: 'Stopped'; readonly sentence: string }
  | { readonly type: 'NoPhotos'; readonly sentence: string }
  | { readonly type: 'TooManyPhotos'; readonly sentence: string }
  /** `index` is the place of the photo in the order given. */
  | { readonly type: 'PhotoRefused'; readonly index: number; readonly sentence: string };

export interface PhotosToPdf {
  readonly signal?: AbortSignal | undefined;
  /** Called after every page. */
  readonly onPage?: ((done: number, total: number) => void) | undefined;
}

const MAX_PHOTOS = 300;
const MAX_PHOTO_BYTES = 100_000_000;

/**
 * One PDF of photos in the order given, a Letter page each, upright or lying as the photo is, the photo as large as the
 * margins allow. The same photos give the same bytes: no date, no id. One photo that cannot be used fails the whole, since
 * a document that silently lacks a page is worse than none.
 */
export async function photosToPdf(
  photos: readonly Photo[],
  { signal, onPage }: PhotosToPdf = {},
): Promise<Result<Uint8Array, PhotosFailure>> {
  if (photos.length === 0) return err({ type: 'NoPhotos', sentence: 'Choose at least one photo.' });
  if (photos.length > MAX_PHOTOS) {
    const sentence = `These are ${photos.length} photos; up to ${MAX_PHOTOS} fit into one PDF. Choose fewer.`;
    return err({ type: 'TooManyPhotos', sentence });
  }
  const document = await PDFDocument.create({ updateMetadata: false });
  for (const [index, photo] of photos.entries()) {
    // Other work of the process gets its turn between pages.
    await setImmediate();
    if (signal?.aborted) return err(STOPPED);
    const sentence = await addPage(document, photo);
    if (sentence !== null) return err({ type: 'PhotoRefused', index, sentence });
    onPage?.(index + 1, photos.length);
  }
  return ok(await document.save({ addDefaultPage: false, updateFieldAppearances: false }));
}

/** Adds the photo as the last page, or says why not. */
async function addPage(document: PDFDocument, { path, name }: Photo): Promise<string | null> {
  const bytes = await readWhole(path, { max: MAX_PHOTO_BYTES });
  if (!bytes.ok) return `${name}: ${bytes.error.sentence}`;
  const picture = await pagePicture(bytes.value);
  if (!picture.ok) return `${name} ${REFUSALS[picture.error]}`;
  const image = await document.embedJpg(picture.value.jpeg).catch(() => null);
  if (image === null) return `${name} ${REFUSALS.damaged}`;
  const { size, matrices } = photoPlace(picture.value);
  const page = document.addPage([size.width, size.height]);
  page.pushOperators(
    pushGraphicsState(),
    ...matrices.map((matrix) => concatTransformationMatrix(...matrix)),
    drawObject(page.node.newXObject('Photo', image.ref)),
    popGraphicsState(),
  );
  return null;
}

const REFUSALS: Readonly<Record<PictureFailure, string>> = {
  'not-a-photo': 'is not a JPEG, PNG or HEIC photo. Leave it out, or add it by itself.',
  'too-many-pixels': 'has more than 80 million pixels. Save it smaller on the phone or computer and add it again.',
  damaged: 'is damaged and cannot be read. Ask for it again.',
  cut: 'is cut off: its end is missing. Ask for it again.',
};
