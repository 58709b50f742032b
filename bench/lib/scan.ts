import { deflateSync } from 'node:zlib';
import { PDFRawStream } from 'pdf-lib';
import { createSink } from '../../electron/backend/pdf/edit/sink.ts';

/** A scan as an office scanner makes it: a letter page with one picture that can't be packed any further. */
export function scan(
  path: string,
  seed: number,
  { pages, pixels }: { readonly pages: number; readonly pixels: number },
): string {
  const sink = createSink(path);
  const { context } = sink;
  let state = seed + 1;
  for (let page = 0; page < pages; page += 1) {
    const noise = Buffer.alloc(pixels * pixels * 3);
    for (let at = 0; at < noise.length; at += 1) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      noise[at] = state >>> 16;
    }
    const picture = { Type: 'XObject', Subtype: 'Image', Width: pixels, Height: pixels, BitsPerComponent: 8 };
    const dict = context.obj({ ...picture, ColorSpace: 'DeviceRGB', Filter: 'FlateDecode' });
    const image = sink.add(PDFRawStream.of(dict, deflateSync(noise, { level: 1 })));
    const content = sink.add(context.stream('q 612 0 0 792 0 0 cm /Im Do Q'));
    const slot = sink.reservePage();
    const size = { MediaBox: [0, 0, 612, 792], Resources: { XObject: { Im: image } } };
    sink.write(slot.ref, context.obj({ Type: 'Page', Parent: slot.parent, ...size, Contents: content }));
  }
  sink.finish(context.obj({}), context.obj({}));
  return path;
}
