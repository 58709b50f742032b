import { createCanvas } from '@napi-rs/canvas';

/** A page on a table, with the grain that makes a photo weigh what it weighs; in the dark when `light` is small. */
export function photo(number: number, { light = 1, side = 2200 }: { light?: number; side?: number } = {}) {
  const [width, height] = [Math.round((side * 3) / 4), side];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.scale(side / 2200, side / 2200);
  context.fillStyle = '#5a4632';
  context.fillRect(0, 0, 1650, 2200);
  context.fillStyle = '#f4f2ec';
  context.fillRect(140, 140, 1370, 1930);
  context.fillStyle = '#444444';
  for (let row = 0; row < 24; row += 1) context.fillRect(280, 300 + row * 66, 640 + ((row * 137 * number) % 460), 20);
  const pixels = context.getImageData(0, 0, width, height);
  let seed = number;
  for (let at = 0; at < pixels.data.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    if (at % 4 !== 3) pixels.data[at] = Math.max(0, (pixels.data[at] ?? 0) * light + (seed % 25) - 12);
  }
  context.putImageData(pixels, 0, 0);
  return {
    ...{ name: `IMG_447${number}.jpg`, mimeType: 'image/jpeg' },
    buffer: Buffer.from(canvas.toBuffer('image/jpeg', 90)),
  };
}
