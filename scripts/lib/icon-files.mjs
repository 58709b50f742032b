// The two container formats of icons. Both take PNG pictures as they are.

/** Sizes of an ICO; 256 is written as 0. https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10) */
const icoSizes = [16, 24, 32, 48, 64, 128, 256];

/** Four letters an ICNS entry, with its pixels. https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/**
 * @param {Map<number, Buffer>} pngs size in pixels -> PNG
 * @returns {Buffer} a Windows icon
 */
export function toIco(pngs) {
  const header = Buffer.alloc(6 + 16 * icoSizes.length);
  header.writeUInt16LE(1, 2); // 1: icon
  header.writeUInt16LE(icoSizes.length, 4);
  let offset = header.length;
  for (const [index, size] of icoSizes.entries()) {
    const at = 6 + 16 * index;
    const bytes = pngs.get(size).length;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4); // planes
    header.writeUInt16LE(32, at + 6); // bits a pixel
    header.writeUInt32LE(bytes, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += bytes;
  }
  return Buffer.concat([header, ...icoSizes.map((size) => pngs.get(size))]);
}

/**
 * @param {Map<number, Buffer>} pngs size in pixels -> PNG
 * @returns {Buffer} a macOS icon
 */
export function toIcns(pngs) {
  const entries = icnsTypes.map(([type, size]) => entry(type, pngs.get(size)));
  return entry('icns', Buffer.concat(entries));
}

function entry(type, body) {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}
