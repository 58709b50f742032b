/**
 * A PDF of plain Latin lines on US Letter, written out by hand: for papers of made-up deals, which need no library. The
 * same lines give the same bytes. Each page is a list of lines; a line that begins with `# ` is set large.
 */
export function plainPdf(pages: readonly (readonly string[])[]): Uint8Array {
  const objects: string[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.map((_page, at) => `${4 + at * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>',
  ];
  pages.forEach((lines, at) => {
    const content = contentOf(lines);
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + at * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  });
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

function contentOf(lines: readonly string[]): string {
  const rows = lines.map((line) => {
    const isHead = line.startsWith('# ');
    const words = latin(isHead ? line.slice(2) : line).replace(/[\\()]/g, '\\$&');
    return `/F1 ${isHead ? 15 : 10.5} Tf (${words}) Tj 0 ${isHead ? -26 : -17} Td`;
  });
  return `BT 72 716 Td\n${rows.join('\n')}\nET`;
}

/** Letters beyond Latin-1 lose their marks, and what has no plain form becomes a question mark. */
function latin(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => (letter <= 'ÿ' ? letter : letter.normalize('NFD').replace(/\p{M}/gu, '')))
    .map((letter) => (letter <= 'ÿ' ? letter : '?'))
    .join('');
}
