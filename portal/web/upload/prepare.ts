import { isDark } from './brightness.ts';

/** Long side of a page: 200 dots per inch on Letter, as a scanner would. */
const MOST_SIDE = 2200;
const QUALITY = 0.85;
const THUMB_SIDE = 480;
const THUMB_QUALITY = 0.7;
/** Enough to judge the light by. */
const SAMPLE_SIDE = 64;

export interface Prepared {
  readonly blob: Blob;
  /** Small, to be shown; null where this browser cannot draw it. */
  readonly thumb: Blob | null;
  readonly isDark: boolean;
  readonly kind: 'photo' | 'file';
  readonly name: string;
}

export type Unprepared = 'empty' | 'not-a-photo';

/**
 * A photo made ready in the page: upright, at most 2,200 pixels long, a JPEG. What this browser cannot decode (a HEIC
 * outside of Safari) is not a page, and goes as it is if it goes alone.
 */
export async function preparePhoto(file: File): Promise<Prepared | Unprepared> {
  if (file.size === 0) return 'empty';
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (image === null) return 'not-a-photo';
  try {
    const blob = await drawn(image, MOST_SIDE, QUALITY);
    const thumb = await drawn(image, THUMB_SIDE, THUMB_QUALITY);
    if (blob === null) return 'not-a-photo';
    const name = `${file.name.replace(/\.[^.]*$/, '') || 'Photo'}.jpg`;
    return { blob, thumb, isDark: isTooDark(image), kind: 'photo', name };
  } finally {
    image.close();
  }
}

/** A file that goes as it is. */
export function prepareFile(file: File): Prepared | Unprepared {
  if (file.size === 0) return 'empty';
  return { blob: file, thumb: null, isDark: false, kind: 'file', name: file.name };
}

function canvasFor(image: ImageBitmap, side: number): HTMLCanvasElement | null {
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return null;
  // What is see-through in a picture is paper.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function drawn(image: ImageBitmap, side: number, quality: number): Promise<Blob | null> {
  const canvas = canvasFor(image, side);
  if (canvas === null) return null;
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  // Phones have little room for canvases; it is given back at once.
  canvas.width = 0;
  return blob;
}

function isTooDark(image: ImageBitmap): boolean {
  const canvas = canvasFor(image, SAMPLE_SIDE);
  const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
  return pixels !== undefined && isDark(pixels.data);
}
