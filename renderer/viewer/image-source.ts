import { type FileBytes, NotShown, type Source } from './source.ts';

/** A photo is shown as wide as a sheet of paper at most. */
const PAPER_WIDTH = 816;
const MAX_FILE_BYTES = 200 * 1024 * 1024;

/** One picture (JPEG, PNG, or what else the browser decodes), turned upright as its camera says. */
export async function openImage(file: FileBytes): Promise<Source> {
  if (file.size === 0) throw new NotShown('empty');
  if (file.size > MAX_FILE_BYTES) throw new NotShown('too-large');
  const bytes = file.first.length === file.size ? file.first : await file.read(0, file.size);
  const picture = await createImageBitmap(new Blob([bytes]), { imageOrientation: 'from-image' }).catch(() => null);
  if (picture === null) throw new NotShown('damaged');
  const shrink = Math.min(1, PAPER_WIDTH / picture.width);
  const size = { width: picture.width * shrink, height: picture.height * shrink };
  return {
    pages: 1,
    size: async () => size,
    async draw(_page, { canvas, scale, turn }) {
      const isSideways = turn % 180 !== 0;
      const [width, height] = [
        Math.max(Math.floor(size.width * scale), 1),
        Math.max(Math.floor(size.height * scale), 1),
      ];
      canvas.width = isSideways ? height : width;
      canvas.height = isSideways ? width : height;
      const context = canvas.getContext('2d');
      if (context === null) throw new NotShown('too-large');
      context.translate(canvas.width / 2, canvas.height / 2);
      context.rotate((turn * Math.PI) / 180);
      context.drawImage(picture, -width / 2, -height / 2, width, height);
    },
    runs: async () => [],
    layText: async () => [],
    forget: () => {},
  };
}
