import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './lib/base.mjs';

const read = (name: string) => readFileSync(join(root, 'resources', 'icons', name));

/** Width and height of a PNG (its first block), in pixels. */
function pngSize(png: Buffer): readonly [number, number] {
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test('icon.png is the 1024 pixel picture', () => {
  expect(pngSize(read('icon.png'))).toEqual([1024, 1024]);
});

test.each([16, 32, 48, 64, 128, 256, 512])('Linux has a picture of %i pixels', (size) => {
  expect(pngSize(read(`linux/${size}x${size}.png`))).toEqual([size, size]);
});

test.each([
  ['icon-192.png', 192],
  ['icon-512.png', 512],
  ['icon-mask-512.png', 512],
  ['icon-180.png', 180],
])('the pages of people have %s, and their manifest says its size', (name, size) => {
  const folder = join(root, 'portal', 'web', 'public');
  expect(pngSize(readFileSync(join(folder, name)))).toEqual([size, size]);
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.webmanifest'), 'utf8')) as {
    readonly icons: readonly { readonly src: string; readonly sizes: string }[];
  };
  const listed = manifest.icons.find(({ src }) => src === `/${name}`);
  expect(listed?.sizes).toBe(name === 'icon-180.png' ? undefined : `${size}x${size}`);
});

test('icon.ico holds a picture of each size that its directory says', () => {
  const ico = read('icon.ico');
  const count = ico.readUInt16LE(4);
  const sizes = Array.from({ length: count }, (_, index) => {
    const at = 6 + 16 * index;
    const size = ico.readUInt8(at) || 256;
    const offset = ico.readUInt32LE(at + 12);
    expect(pngSize(ico.subarray(offset, offset + ico.readUInt32LE(at + 8)))).toEqual([size, size]);
    return size;
  });
  expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
});

test('icon.icns holds a picture of each type, to its very end', () => {
  const icns = read('icon.icns');
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const found: Record<string, number> = {};
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    const end = at + icns.readUInt32BE(at + 4);
    found[icns.toString('latin1', at, at + 4)] = pngSize(icns.subarray(at + 8, end))[0];
  }
  const pixels = {
    icp4: 16,
    icp5: 32,
    ic11: 32,
    ic12: 64,
    ic07: 128,
    ic13: 256,
    ic08: 256,
    ic14: 512,
    ic09: 512,
    ic10: 1024,
  };
  expect(found).toEqual(pixels);
});
