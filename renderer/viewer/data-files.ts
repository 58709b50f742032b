import type { DataKind } from './messages.ts';

/** What there is to draw with; the frame can name nothing else. Written by scripts/lib/viewer-page.mjs. */
const NAMES: Readonly<Record<DataKind, RegExp>> = {
  cmaps: /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.bcmap$/,
  fonts: /^(?:Foxit|Liberation)[A-Za-z]+(?:-[A-Za-z]+)?\.(?:pfb|ttf)$/,
  wasm: /^(?:jbig2|openjpeg|qcms_bg)\.wasm$/,
};

const kept = new Map<string, Promise<ArrayBuffer | null>>();

/** One of the viewer's data files, from our own host; null for another name, or when it is not there. */
export async function viewerData(kind: DataKind, name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (name.length > 80 || !NAMES[kind].test(name)) return null;
  const path = `./viewer-data/${kind}/${name}`;
  const known = kept.get(path) ?? load(path);
  kept.set(path, known);
  const bytes = await known;
  if (bytes === null) kept.delete(path);
  // A copy, since what is handed to the frame is gone from here.
  return bytes === null ? null : new Uint8Array(bytes.slice(0));
}

async function load(path: string): Promise<ArrayBuffer | null> {
  try {
    const response = await fetch(path);
    return response.ok ? await response.arrayBuffer() : null;
  } catch {
    return null;
  }
}
