/** Paper in good light is far above; a page in shadow that can still be read lies around 100 of 255. */
const DARK_BELOW = 85;
/** The part of the picture that is judged is its brightest tenth: a page on a dark table is bright where it matters. */
const BRIGHTEST = 0.1;
const PAPER_BELOW = 120;

/**
 * Whether a photo is too dark to be read with ease. `rgba`: 4 bytes a pixel. A page is mostly paper, so both the mean and
 * the brightest tenth must be low: a white page on a dark table, or a page that is mostly a dark picture, are not dark.
 */
export function isDark(rgba: Uint8ClampedArray | Uint8Array): boolean {
  const counts = new Uint32Array(256);
  let total = 0;
  let sum = 0;
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const light = lightOf(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0);
    counts[light] = (counts[light] ?? 0) + 1;
    total += 1;
    sum += light;
  }
  if (total === 0) return false;
  return sum / total < DARK_BELOW && brightOf(counts, total) < PAPER_BELOW;
}

/** Rec. 601: as bright as the eye takes it, 0 to 255. */
function lightOf(red: number, green: number, blue: number): number {
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}

function brightOf(counts: Uint32Array, total: number): number {
  let left = total * BRIGHTEST;
  for (let light = 255; light >= 0; light -= 1) {
    left -= counts[light] ?? 0;
    if (left <= 0) return light;
  }
  return 0;
}
