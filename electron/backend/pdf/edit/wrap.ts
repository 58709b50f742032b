import type { Face } from './typeface.ts';

/** Text in lines of at most `width` points. A word longer than a line is cut; no text is one empty line. */
export function wrap(
  text: string,
  { face, size, width }: { readonly face: Face; readonly size: number; readonly width: number },
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (face.width(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (face.width(line, size) > width) {
      const cut = fitting(line);
      if (cut >= line.length) break;
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];

  /** How many letters of a word fit; at least one, and never half of one. */
  function fitting(word: string): number {
    let end = 0;
    for (const letter of word) {
      if (end > 0 && face.width(word.slice(0, end + letter.length), size) > width) break;
      end += letter.length;
    }
    return end;
  }
}
