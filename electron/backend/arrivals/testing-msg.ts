import burner from '@kenjiuno/msgreader/lib/Burner.js';

export interface CompoundItem {
  readonly name: string;
  readonly data?: Uint8Array | string;
  readonly children?: readonly CompoundItem[];
}

type BurnEntry = Parameters<typeof burner.burn>[0][number];

/** An OLE compound file with these streams and folders. */
export function makeCompound(items: readonly CompoundItem[]): Buffer<ArrayBuffer> {
  const entries: { -readonly [K in keyof BurnEntry]: BurnEntry[K] }[] = [{ name: 'Root Entry', type: 5, length: 0 }];
  const add = (parent: number, list: readonly CompoundItem[]): void => {
    const children = list.map((item) => {
      const data = new Uint8Array(Buffer.from(item.data ?? ''));
      const isFolder = item.children !== undefined;
      const entry: BurnEntry = isFolder
        ? { name: item.name, type: 1, length: 0 }
        : { name: item.name, type: 2, length: data.length, binaryProvider: () => data };
      return entries.push(entry) - 1;
    });
    const at = entries[parent];
    if (at) at.children = children;
    for (const [index, item] of list.entries()) if (item.children) add(children[index] ?? 0, item.children);
  };
  add(0, items);
  return Buffer.from(new Uint8Array(burner.burn(entries)));
}

export interface TestMsg {
  readonly subject: string;
  readonly senderName: string;
  readonly senderEmail: string;
  readonly to: readonly { readonly name: string; readonly email: string }[];
  readonly body?: string;
  readonly html?: string;
  readonly headers?: string;
  readonly attachments?: readonly {
    readonly name: string;
    readonly data?: Uint8Array | string;
    readonly contentId?: string;
    readonly inner?: TestMsg;
  }[];
}

/** An Outlook message, with the streams that Outlook writes for these properties. */
export function makeMsg(mail: TestMsg): Buffer<ArrayBuffer> {
  return makeCompound(messageItems(mail, 32));
}

function messageItems(mail: TestMsg, headerBytes: number): CompoundItem[] {
  const sent = Buffer.alloc(16);
  sent.writeUInt32LE(0x00390040, 0);
  // 2026-06-02T17:30:00Z in steps of 100 ns since 1601.
  sent.writeBigUInt64LE((BigInt(Date.UTC(2026, 5, 2, 17, 30)) + 11_644_473_600_000n) * 10_000n, 8);
  return [
    { name: '__properties_version1.0', data: Buffer.concat([Buffer.alloc(headerBytes), sent]) },
    ...text('0037', mail.subject),
    ...text('0C1A', mail.senderName),
    ...text('0C1F', mail.senderEmail),
    ...text('1000', mail.body),
    ...text('007D', mail.headers),
    ...(mail.html === undefined ? [] : [{ name: '__substg1.0_10130102', data: mail.html }]),
    ...mail.to.map(({ name, email }, index) => ({
      name: `__recip_version1.0_#${String(index).padStart(8, '0')}`,
      children: [
        { name: '__properties_version1.0', data: recipientKind() },
        ...text('3001', name),
        ...text('39FE', email),
      ],
    })),
    ...(mail.attachments ?? []).map(({ name, data, contentId, inner }, index) => ({
      name: `__attach_version1.0_#${String(index).padStart(8, '0')}`,
      children: [
        { name: '__properties_version1.0', data: Buffer.alloc(8) },
        ...text('3707', inner ? undefined : name),
        ...text('3001', name),
        ...text('3712', contentId),
        ...(data === undefined ? [] : [{ name: '__substg1.0_37010102', data }]),
        ...(inner ? [{ name: '__substg1.0_3701000D', children: messageItems(inner, 24) }] : []),
      ],
    })),
  ];
}

function recipientKind(): Buffer {
  const kind = Buffer.alloc(24);
  kind.writeUInt32LE(0x0c150003, 8);
  kind.writeUInt32LE(1, 16);
  return kind;
}

function text(tag: string, value: string | undefined): CompoundItem[] {
  return value === undefined ? [] : [{ name: `__substg1.0_${tag}001F`, data: Buffer.from(value, 'utf16le') }];
}
