import { expect, test } from 'vitest';
import { collectDrop, type DroppedItems } from './dropped.ts';

type Tree = { readonly [name: string]: Tree | string | null };

/** Entries as Chromium gives them: a folder tells one at a time here; `null` is a file that is gone. */
function entryOf(name: string, content: Tree | string | null): FileSystemEntry {
  if (typeof content === 'string' || content === null) {
    const file = (good: (file: File) => void, bad: (error: Error) => void) =>
      content === null ? bad(new Error('gone')) : good(new File([content], name));
    return { name, isDirectory: false, isFile: true, file } as unknown as FileSystemEntry;
  }
  const createReader = () => {
    const left = Object.entries(content).map((child) => entryOf(...child));
    return { readEntries: (tell: (some: FileSystemEntry[]) => void) => tell(left.splice(0, 1)) };
  };
  return { name, isDirectory: true, isFile: false, createReader } as unknown as FileSystemEntry;
}

function dropOf(tree: Tree): DroppedItems {
  const items = Object.entries(tree).map(([name, content]) => ({
    kind: 'file',
    getAsFile: () => new File([typeof content === 'string' ? content : ''], name),
    webkitGetAsEntry: () => entryOf(name, content),
  }));
  return { items: [{ kind: 'string', getAsFile: () => null, webkitGetAsEntry: () => null }, ...items] };
}

const TREE: Tree = {
  'a.pdf': 'a',
  Smith: { 'b.pdf': 'b', disclosures: { 'tds.pdf': 'c', 'gone.pdf': null }, empty: {} },
};
const paths = async (...args: Parameters<typeof collectDrop>) =>
  (await collectDrop(...args)).files.map(({ relativePath }) => relativePath);

test('folders are walked, and each file keeps its way below what was dropped', async () => {
  expect(await paths(dropOf(TREE), 'walk')).toEqual(['a.pdf', 'Smith/b.pdf', 'Smith/disclosures/tds.pdf']);
});

test('folders stay whole for a host that walks them itself', async () => {
  expect(await paths(dropOf(TREE), 'whole')).toEqual(['a.pdf', 'Smith']);
});

test('folders without end are cut, and that is said', async () => {
  const endless: FileSystemEntry = entryOf('x', {});
  const deep = Object.assign(endless, {
    createReader: () => {
      const some = [deep];
      return { readEntries: (tell: (entries: FileSystemEntry[]) => void) => tell(some.splice(0)) };
    },
  });
  const items = [{ kind: 'file', getAsFile: () => null, webkitGetAsEntry: () => deep }];
  expect(await collectDrop({ items }, 'walk')).toEqual({ files: [], isCut: true });
});
