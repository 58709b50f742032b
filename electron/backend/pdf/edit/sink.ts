import { createHash } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { PDFContext, type PDFDict, PDFHexString, PDFName, type PDFObject, PDFRef, PDFStream } from 'pdf-lib';

/** Where a page goes: its own reference, and that of the page list it hangs in. */
export interface PageSlot {
  readonly ref: PDFRef;
  readonly parent: PDFRef;
}

/**
 * A PDF that is written object by object, so that memory holds one source at a time and never the whole result.
 * Objects may come in any order: what is only known at the end (page counts, fonts) is reserved and written last.
 * Each write throws what the file system throws.
 */
export interface Sink {
  /** Makes dictionaries; holds no objects. */
  readonly context: PDFContext;
  reserve(): PDFRef;
  write(ref: PDFRef, object: PDFObject): void;
  add(object: PDFObject): PDFRef;
  /** The next page. Its dictionary must be written by whoever reserves it. */
  reservePage(): PageSlot;
  pageCount(): number;
  /** Ends the file: page lists, catalog, document information, cross-reference table. */
  finish(root: PDFDict, info: PDFDict): void;
  /** Closes and removes what was written. Does nothing after `finish`. */
  discard(): void;
}

const BUFFERED = 256 * 1024;
const PAGES_PER_LIST = 64;

export function createSink(path: string): Sink {
  const out = createWriter(path);
  const context = PDFContext.create();
  const offsets: (number | undefined)[] = [];
  const lists: { readonly ref: PDFRef; readonly kids: PDFRef[] }[] = [];
  const tree = reserve();
  let pages = 0;
  out.text('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n');

  function reserve(): PDFRef {
    offsets.push(undefined);
    return PDFRef.of(offsets.length);
  }
  function write(ref: PDFRef, object: PDFObject): void {
    offsets[ref.objectNumber - 1] = out.offset();
    out.text(`${ref.objectNumber} 0 obj\n`);
    if (object instanceof PDFStream) writeStream(out, object);
    else out.object(object);
    out.text('\nendobj\n');
  }
  function reservePage(): PageSlot {
    let list = lists.at(-1);
    if (list === undefined || list.kids.length >= PAGES_PER_LIST) {
      list = { ref: reserve(), kids: [] };
      lists.push(list);
    }
    const ref = reserve();
    list.kids.push(ref);
    pages += 1;
    return { ref, parent: list.ref };
  }
  function finish(root: PDFDict, info: PDFDict): void {
    for (const { ref, kids } of lists) {
      write(ref, context.obj({ Type: 'Pages', Parent: tree, Count: kids.length, Kids: [...kids] }));
    }
    write(tree, context.obj({ Type: 'Pages', Count: pages, Kids: lists.map(({ ref }) => ref) }));
    root.set(PDFName.of('Type'), PDFName.of('Catalog'));
    root.set(PDFName.of('Pages'), tree);
    const rootRef = reserve();
    write(rootRef, root);
    const infoRef = reserve();
    write(infoRef, info);
    writeTrailer(out, { context, offsets, root: rootRef, info: infoRef });
    out.close();
  }
  return {
    context,
    reserve,
    write,
    reservePage,
    finish,
    pageCount: () => pages,
    add(object) {
      const ref = reserve();
      write(ref, object);
      return ref;
    },
    discard: out.discard,
  };
}

function writeStream(out: Writer, stream: PDFStream): void {
  stream.updateDict();
  out.object(stream.dict);
  out.text('\nstream\n');
  out.bytes(stream.getContents());
  out.text('\nendstream');
}

interface TrailerParts {
  readonly context: PDFContext;
  readonly offsets: readonly (number | undefined)[];
  readonly root: PDFRef;
  readonly info: PDFRef;
}

function writeTrailer(out: Writer, { context, offsets, root, info }: TrailerParts): void {
  const start = out.offset();
  out.text(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`);
  // A reserved object that nobody wrote is a free entry; readers take a reference to it as null.
  for (const offset of offsets) {
    out.text(offset === undefined ? '0000000000 00001 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`);
  }
  const id = PDFHexString.of(out.fingerprint());
  const trailer = context.obj({ Size: offsets.length + 1, Root: root, Info: info, ID: [id, id] });
  out.text('trailer\n');
  out.object(trailer);
  out.text(`\nstartxref\n${start}\n%%EOF\n`);
}

interface Writer {
  offset(): number;
  text(text: string): void;
  object(object: PDFObject): void;
  bytes(bytes: Uint8Array): void;
  /** 32 hex digits made of all that was written but the streams: same content, same fingerprint. */
  fingerprint(): string;
  close(): void;
  discard(): void;
}

function createWriter(path: string): Writer {
  const file = openSync(path, 'w');
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(BUFFERED);
  let used = 0;
  let written = 0;
  let isOpen = true;

  function flush(): void {
    writeAll(file, buffer.subarray(0, used));
    written += used;
    used = 0;
  }
  function room(size: number): boolean {
    if (used + size > BUFFERED) flush();
    return size <= BUFFERED;
  }
  function bytes(data: Uint8Array): void {
    if (room(data.length)) {
      buffer.set(data, used);
      used += data.length;
    } else {
      writeAll(file, data);
      written += data.length;
    }
  }
  function hashed(data: Uint8Array): void {
    hash.update(data);
    bytes(data);
  }
  return {
    offset: () => written + used,
    bytes,
    text: (text) => hashed(Buffer.from(text, 'latin1')),
    object(object) {
      const data = new Uint8Array(object.sizeInBytes());
      object.copyBytesInto(data, 0);
      hashed(data);
    },
    fingerprint: () => hash.copy().digest('hex').slice(0, 32),
    close() {
      flush();
      isOpen = false;
      closeSync(file);
    },
    discard() {
      if (!isOpen) return;
      isOpen = false;
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

/** A write may take less than it was given. */
function writeAll(file: number, data: Uint8Array): void {
  for (let done = 0; done < data.length; ) done += writeSync(file, data, done, data.length - done);
}
