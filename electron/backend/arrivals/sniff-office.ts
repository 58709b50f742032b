import type { FileHandle } from 'node:fs/promises';
import { openPromise } from 'yauzl';
import type { FileKind } from './kinds.ts';
import { readAt } from './read-file.ts';

export interface OfficeFound {
  readonly kind: FileKind;
  readonly extension: string;
  readonly hasMacros: boolean;
}

const MAX_NAMES = 3000;
const MAX_SECTORS = 64;

/** What a zip is to a person: a Word, Excel or PowerPoint file, a program, or a zip. Reads its list of names only. */
export async function sniffZip(path: string): Promise<OfficeFound> {
  const names = await zipNames(path);
  if (names.has('META-INF/MANIFEST.MF') || names.has('AndroidManifest.xml')) {
    return { kind: 'program', extension: 'jar', hasMacros: false };
  }
  const found = PARTS.find(({ part }) => names.has(part));
  if (!names.has('[Content_Types].xml') || found === undefined)
    return { kind: 'zip', extension: 'zip', hasMacros: false };
  const hasMacros = [...names].some((name) => /(^|\/)vbaProject\.bin$/i.test(name));
  const { kind, extension } = found;
  return { kind, extension: hasMacros ? extension.replace(/x$/, 'm') : extension, hasMacros };
}

const PARTS: readonly { readonly part: string; readonly kind: FileKind; readonly extension: string }[] = [
  { part: 'word/document.xml', kind: 'docx', extension: 'docx' },
  { part: 'xl/workbook.xml', kind: 'xlsx', extension: 'xlsx' },
  { part: 'xl/workbook.bin', kind: 'xlsx', extension: 'xlsb' },
  { part: 'ppt/presentation.xml', kind: 'pptx', extension: 'pptx' },
];

/** What an OLE file is, by the names in the first sectors of its directory. */
export async function sniffCompound(file: FileHandle, head: Uint8Array, ending: string): Promise<OfficeFound> {
  const names = await compoundNames(file, head);
  const has = (...wanted: readonly string[]) => wanted.some((name) => names.has(name));
  if (has('EncryptedPackage')) {
    const extension = /^(doc|xls|ppt)[xm]$/.test(ending) ? ending : 'docx';
    return { kind: 'encrypted-office', extension, hasMacros: false };
  }
  if (has('__properties_version1.0')) return { kind: 'msg', extension: 'msg', hasMacros: false };
  const hasMacros = has('Macros', '_VBA_PROJECT_CUR', 'VBA', '_VBA_PROJECT');
  if (has('WordDocument')) return { kind: 'doc', extension: 'doc', hasMacros };
  if (has('Workbook', 'Book')) return { kind: 'doc', extension: 'xls', hasMacros };
  if (has('PowerPoint Document')) return { kind: 'doc', extension: 'ppt', hasMacros };
  // An installer package writes its names in a packed alphabet that starts with this letter.
  if ([...names].some((name) => name.startsWith('\u4840')))
    return { kind: 'program', extension: 'msi', hasMacros: false };
  return { kind: 'other', extension: 'bin', hasMacros: false };
}

async function zipNames(path: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  try {
    const zip = await openPromise(path, {
      autoClose: false,
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    zip.on('error', () => {});
    try {
      let seen = 0;
      for await (const entry of zip.eachEntry()) {
        names.add(entry.fileNameRaw.toString('latin1'));
        seen += 1;
        if (seen >= MAX_NAMES) break;
      }
    } finally {
      zip.close();
    }
  } catch {
    // A zip that breaks off is judged by the names before the break.
  }
  return names;
}

async function compoundNames(file: FileHandle, head: Uint8Array): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return names;
  const sector = 1 << shift;
  let at = view.getUint32(48, true);
  for (let turn = 0; turn < MAX_SECTORS && at < 0xfffffffa; turn += 1) {
    const entries = await readAt(file, (at + 1) * sector, sector);
    for (let offset = 0; offset + 128 <= entries.length; offset += 128) names.add(entryName(entries, offset));
    const table = Math.floor((at * 4) / sector);
    if (table >= 109) break;
    const place = (view.getUint32(76 + 4 * table, true) + 1) * sector + ((at * 4) % sector);
    const next = await readAt(file, place, 4);
    if (next.length < 4) break;
    at = new DataView(next.buffer, next.byteOffset).getUint32(0, true);
  }
  return names;
}

function entryName(entries: Uint8Array, offset: number): string {
  const text = new TextDecoder('utf-16le').decode(entries.subarray(offset, offset + 64));
  return text.split('\0', 1)[0] ?? '';
}
