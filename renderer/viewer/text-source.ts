import type { Run } from './fold-text.ts';
import { type FileBytes, NotShown, type Source } from './source.ts';

const COLUMNS = 88;
const LINES = 56;
/** A sheet of US Letter. */
const SIZE = { width: 816, height: 1056 } as const;
const MAX_BYTES = 4 * 1024 * 1024;

/** Plain text on sheets of paper: long lines are broken, and only the first 4 MB are shown. */
export async function openText(file: FileBytes): Promise<Source> {
  if (file.size === 0) throw new NotShown('empty');
  const end = Math.min(file.size, MAX_BYTES);
  const bytes = file.first.length >= end ? file.first.subarray(0, end) : await file.read(0, end);
  const sheets = sheetsOf(decodeText(bytes));
  const runsOf = (page: number): readonly Run[] =>
    (sheets[page] ?? []).map((text) => ({ text: text === '' ? ' ' : text, endsLine: true }));
  return {
    pages: sheets.length,
    size: async () => SIZE,
    async draw(_page, { canvas, scale, turn }) {
      // The words lie over it; the sheet itself is blank.
      canvas.width = Math.max(Math.floor((turn % 180 === 0 ? SIZE.width : SIZE.height) * scale), 1);
      canvas.height = Math.max(Math.floor((turn % 180 === 0 ? SIZE.height : SIZE.width) * scale), 1);
    },
    runs: async (page) => runsOf(page),
    async layText(page, { container }) {
      container.classList.add('plain');
      return runsOf(page).map(({ text }) => {
        const line = document.createElement('div');
        line.textContent = text;
        container.append(line);
        return line.firstChild;
      });
    },
    forget: () => {},
  };
}

/** UTF-8 or UTF-16 where it is that, else the letters of Western Windows, which reads anything. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    // A cut through a letter at the end is no sign of another encoding.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Lines of at most 88 characters, 56 on a sheet; at least one sheet. */
export function sheetsOf(text: string): readonly (readonly string[])[] {
  const lines = text
    .replaceAll('\t', '    ')
    .split(/\r\n|\r|\n|\f/)
    .flatMap((line) => line.match(new RegExp(`.{1,${COLUMNS}}`, 'gsu')) ?? ['']);
  const sheets: string[][] = [];
  for (let at = 0; at < lines.length; at += LINES) sheets.push(lines.slice(at, at + LINES));
  return sheets;
}
