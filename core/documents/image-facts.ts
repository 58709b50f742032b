/** What the first bytes of a picture say, before anything is decoded. */
export interface ImageFacts {
  readonly format: 'jpeg' | 'png' | 'heic';
  /** As stored, before `orientation` turns it; 0 for HEIC, which says so only to its decoder. */
  readonly width: number;
  readonly height: number;
  /** EXIF 1 to 8; 1 where nothing is said. */
  readonly orientation: number;
  /** A JPEG that every PDF viewer takes as it is. */
  readonly isPlainJpeg: boolean;
  /** The end of the picture is missing. */
  readonly isCut: boolean;
}

const HEIC_BRANDS = /^....ftyp(heic|heix|hevc|hevx|mif1|msf1)/s;

/** Reads the header of a JPEG, PNG or HEIC, or null when it is none of them or has no size. */
export function imageFacts(bytes: Uint8Array): ImageFacts | null {
  const start = latin1(bytes.subarray(0, 16));
  if (start.startsWith('\xff\xd8\xff')) return jpegFacts(bytes);
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return pngFacts(bytes);
  if (!HEIC_BRANDS.test(start)) return null;
  return { format: 'heic', width: 0, height: 0, orientation: 1, isPlainJpeg: false, isCut: false };
}

function pngFacts(bytes: Uint8Array): ImageFacts | null {
  if (bytes.length < 33 || latin1(bytes.subarray(12, 16)) !== 'IHDR') return null;
  const view = viewOf(bytes);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  if (width === 0 || height === 0) return null;
  const isCut = !latin1(bytes.subarray(-4096)).includes('IEND');
  return { format: 'png', width, height, orientation: 1, isPlainJpeg: false, isCut };
}

/** Walks the segments up to the first frame and on to the first scan (ITU T.81, annex B). */
function jpegFacts(bytes: Uint8Array): ImageFacts | null {
  const view = viewOf(bytes);
  let orientation = 1;
  let frame: { readonly width: number; readonly height: number; readonly isPlainJpeg: boolean } | null = null;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (length < 2 || marker === 0xd9) return null;
    if (marker === 0xe1) orientation = exifOrientation(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    if (isFrame(marker)) frame ??= frameFacts(view, at, marker);
    if (marker === 0xda) {
      if (frame === null) return null;
      return { format: 'jpeg', ...frame, orientation, isCut: !hasEnd(bytes, at) };
    }
    at += 2 + length;
  }
  return null;
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function frameFacts(view: DataView, at: number, marker: number) {
  if (at + 10 > view.byteLength) return null;
  const height = view.getUint16(at + 5);
  const width = view.getUint16(at + 7);
  if (width === 0 || height === 0) return null;
  // Baseline, extended or progressive, 8 bits, grey or colour; four-ink pictures are redrawn.
  const isPlainJpeg = marker <= 0xc2 && view.getUint8(at + 4) === 8 && [1, 3].includes(view.getUint8(at + 9));
  return { width, height, isPlainJpeg };
}

/** Phones put more after the end of a picture, so the end is looked for from the back. */
function hasEnd(bytes: Uint8Array, scan: number): boolean {
  for (let at = bytes.length - 2; at > scan; at -= 1) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}

/** Tag 0x0112 of the first directory of an Exif segment. */
function exifOrientation(segment: Uint8Array): number | null {
  if (latin1(segment.subarray(0, 6)) !== 'Exif\0\0' || segment.length < 20) return null;
  const tiff = segment.subarray(6);
  const view = viewOf(tiff);
  const isLittle = latin1(tiff.subarray(0, 2)) === 'II';
  const start = view.getUint32(4, isLittle);
  if (start + 2 > tiff.length) return null;
  const count = view.getUint16(start, isLittle);
  for (let index = 0; index < count; index += 1) {
    const at = start + 2 + 12 * index;
    if (at + 12 > tiff.length) return null;
    if (view.getUint16(at, isLittle) !== 0x0112) continue;
    const value = view.getUint16(at + 8, isLittle);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** A few bytes as text, one character each. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
