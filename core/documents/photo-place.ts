/** Where a photo lies on its page of a PDF. Lengths in points, the origin at the lower left as PDF has it. */

/** US Letter. */
const SHORT = 612;
const LONG = 792;
const MARGIN = 18;

export type Matrix = readonly [number, number, number, number, number, number];

/** EXIF orientations 1 to 8 as turns of the unit square. */
const TURNS: readonly [Matrix, ...Matrix[]] = [
  [1, 0, 0, 1, 0, 0],
  [-1, 0, 0, 1, 1, 0],
  [-1, 0, 0, -1, 1, 1],
  [1, 0, 0, -1, 0, 1],
  [0, -1, -1, 0, 1, 1],
  [0, -1, 1, 0, 0, 1],
  [0, 1, 1, 0, 0, 0],
  [0, 1, -1, 0, 1, 0],
];

export interface PhotoPlace {
  readonly size: { readonly width: number; readonly height: number };
  /** To be applied in this order before the image is drawn as a unit square. */
  readonly matrices: readonly [scale: Matrix, turn: Matrix];
}

/** A Letter page, upright or lying as the photo is, the photo turned as EXIF says and as large as the margins allow. */
export function photoPlace(photo: {
  /** As stored, before `orientation` turns it. */
  readonly width: number;
  readonly height: number;
  /** EXIF 1 to 8. */
  readonly orientation: number;
}): PhotoPlace {
  const { width, height, orientation } = photo;
  // From 5 on the picture lies on its side.
  const upright = orientation >= 5 ? { width: height, height: width } : { width, height };
  const isLying = upright.width > upright.height;
  const size = isLying ? { width: LONG, height: SHORT } : { width: SHORT, height: LONG };
  const scale = Math.min((size.width - 2 * MARGIN) / upright.width, (size.height - 2 * MARGIN) / upright.height);
  const box = { width: upright.width * scale, height: upright.height * scale };
  const at = { x: (size.width - box.width) / 2, y: (size.height - box.height) / 2 };
  return { size, matrices: [[box.width, 0, 0, box.height, at.x, at.y], TURNS[orientation - 1] ?? TURNS[0]] };
}
