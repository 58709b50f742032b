/// <reference path="./heic-decode.d.ts" />
import { type Canvas, createCanvas, ImageData, loadImage } from '@napi-rs/canvas';
import heic from 'heic-decode';
import { imageFacts } from '../../../core/documents/image-facts.ts';
import { err, ok, type Result } from '../../../core/result.ts';

/** One photo as a JPEG for a page. */
export interface PagePicture {
  readonly jpeg: Uint8Array;
  /** As stored in the JPEG. */
  readonly width: number;
  readonly height: number;
  /** EXIF 1 to 8: how a viewer has to turn it. */
  readonly orientation: number;
}

export type PictureFailure = 'not-a-photo' | 'too-many-pixels' | 'damaged' | 'cut';

const MAX_PIXELS = 80_000_000;
/** Long side of a page: 200 dots per inch on Letter, as a scanner would. */
const MAX_SIDE = 2200;
/** A photo of at most this size that is small enough in pixels stays as it came. */
const MAX_AS_CAME = 1_000_000;
const GOOD = 78;
const SPARE = 50;
/** A page of more is drawn again with `SPARE`. */
const MAX_GOOD = 600_000;

/**
 * A photo made ready for a page: a JPEG that is not huge stays byte for byte; everything else is drawn upright on white,
 * at most 2,200 pixels long. The size is read and judged before anything is decoded.
 */
export async function pagePicture(bytes: Uint8Array): Promise<Result<PagePicture, PictureFailure>> {
  const facts = imageFacts(bytes);
  if (facts === null) return err('not-a-photo');
  if (facts.width * facts.height > MAX_PIXELS) return err('too-many-pixels');
  if (facts.isCut) return err('cut');
  if (facts.format === 'heic') return await heicPicture(bytes);
  const { width, height, orientation, isPlainJpeg } = facts;
  const image = await loadImage(bytes).catch(() => null);
  if (image === null || image.width === 0 || image.height === 0) return err('damaged');
  if (isPlainJpeg && Math.max(width, height) <= MAX_SIDE && bytes.byteLength <= MAX_AS_CAME) {
    return ok({ jpeg: bytes, width, height, orientation });
  }
  // The decoder has turned it upright already.
  return ok(await redraw(image, image.width, image.height));
}

async function heicPicture(bytes: Uint8Array): Promise<Result<PagePicture, PictureFailure>> {
  const images = await heic.all({ buffer: bytes }).catch(() => null);
  if (images === null) return err('damaged');
  try {
    const first = images[0];
    if (first === undefined || first.width * first.height === 0) return err('damaged');
    if (first.width * first.height > MAX_PIXELS) return err('too-many-pixels');
    const pixels = await first.decode().catch(() => null);
    if (pixels === null) return err('damaged');
    const full = createCanvas(pixels.width, pixels.height);
    full.getContext('2d').putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
    return ok(await redraw(full, pixels.width, pixels.height));
  } finally {
    images.dispose();
  }
}

async function redraw(
  source: Canvas | Awaited<ReturnType<typeof loadImage>>,
  width: number,
  height: number,
): Promise<PagePicture> {
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  const to = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const canvas = createCanvas(to.width, to.height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, to.width, to.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, to.width, to.height);
  const good = await canvas.encode('jpeg', GOOD);
  const jpeg = good.byteLength > MAX_GOOD ? await canvas.encode('jpeg', SPARE) : good;
  return { jpeg: new Uint8Array(jpeg), ...to, orientation: 1 };
}
