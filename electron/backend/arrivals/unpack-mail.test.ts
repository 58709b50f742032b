import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { err } from '../../../core/result.ts';
import { MAIL_LIMITS } from './mail-model.ts';
import { memorySink, testFolder } from './testing.ts';
import { makeCompound, makeMsg } from './testing-msg.ts';
import { unpackMail } from './unpack-mail.ts';

const folder = testFolder();
afterAll(() => folder.close());

const FIXTURES = new URL('../../../../shared/fixtures/eml/', import.meta.url);

async function unpack(bytes: Uint8Array | string, limits = MAIL_LIMITS) {
  const memory = memorySink();
  const result = await unpackMail(folder.write(bytes), { sink: memory.sink, limits });
  return { ...memory, result, mail: result.ok ? result.value : null };
}

const textOf = (kept: ReadonlyMap<string, Uint8Array>, sha256 = '') => Buffer.from(kept.get(sha256) ?? []).toString();

function multipart(parts: readonly string[], headers = ''): string {
  const body = parts.map((part) => `--cut\r\n${part}\r\n`).join('');
  return `From: Ana <ana@larkmoor.com>\r\n${headers}Content-Type: multipart/mixed; boundary=cut\r\n\r\n${body}--cut--\r\n`;
}

describe('an Internet mail', () => {
  test('gives who, when, what it says, and its attachments', async () => {
    const { mail, kept } = await unpack(
      multipart(
        [
          'Content-Type: text/plain\r\n\r\nThe signed addendum is attached.',
          'Content-Type: application/pdf; name="=?utf-8?B?QcOxYWRpZG8ucGRm?="\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=',
        ],
        'To: tc@example.com, "Lee, Kim" <kim@example.com>\r\nCc: x@y.org\r\nSubject: =?utf-8?Q?Repairs_=E2=80=93_418?=\r\nDate: Tue, 2 Jun 2026 10:30:00 -0700\r\n',
      ),
    );
    expect(mail).toMatchObject({
      from: { name: 'Ana', address: 'ana@larkmoor.com' },
      to: [{ address: 'tc@example.com' }, { name: 'Lee, Kim', address: 'kim@example.com' }],
      cc: [{ address: 'x@y.org' }],
      subject: 'Repairs – 418',
      date: '2026-06-02T17:30:00.000Z',
      text: 'The signed addendum is attached.',
      attachments: [{ name: 'Añadido.pdf', mime: 'application/pdf', bytes: 8, isInline: false, isMail: false }],
      warnings: [],
    });
    expect(textOf(kept, mail?.attachments[0]?.sha256)).toBe('%PDF-1.7');
  });

  test('a small picture that the text shows is inline; a large one, or one that is only attached, is not', async () => {
    const image = (id: string, bytes: number) =>
      `Content-Type: image/png; name=${id}.png\r\nContent-ID: <${id}>\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.alloc(bytes, 7).toString('base64')}`;
    const html = 'Content-Type: text/html\r\n\r\n<p>Kind regards<br>Ana</p><img src="cid:logo"><img src="cid:page">';
    const { mail } = await unpack(multipart([html, image('logo', 2000), image('page', 400_000), image('other', 2000)]));
    expect(mail?.attachments.map(({ contentId, isInline }) => [contentId, isInline])).toEqual([
      ['logo', true],
      ['page', false],
      ['other', false],
    ]);
    expect(mail?.text).toBe('Kind regards\nAna');
  });

  test('a message inside is kept whole (with plain line ends), under its subject', async () => {
    const inner = 'From: b@c.de\r\nSubject: Counter offer 2\r\n\r\nSee below.';
    const { mail, kept } = await unpack(multipart([`Content-Type: message/rfc822\r\n\r\n${inner}`]));
    expect(mail?.attachments).toMatchObject([{ name: 'Counter offer 2.eml', isMail: true }]);
    expect(textOf(kept, mail?.attachments[0]?.sha256)).toBe(`${inner.replaceAll('\r\n', '\n')}\n`);
  });

  test('names are made safe, and a part without one is named after its type', async () => {
    const { mail } = await unpack(
      multipart([
        'Content-Type: application/pdf; name="../../../etc/passwd"\r\n\r\nx',
        'Content-Type: application/pdf\r\n\r\nx',
        'Content-Disposition: attachment; filename="C:\\\\aux\\\\con.txt"\r\n\r\nx',
      ]),
    );
    const names = mail?.attachments.map(({ name }) => name) ?? [];
    expect(names[1]).toBe('Attachment 2.pdf');
    for (const name of names) expect(name).not.toMatch(/[/\\:]|^\./);
  });

  test('a sender that shows another address, and answers that go elsewhere, are named', async () => {
    const { mail } = await unpack(
      'From: "josue@larkmoor.com" <j@1arkmoor.com>\r\nReply-To: pay@elsewhere.net\r\nSubject: wire\r\n\r\nHi',
    );
    expect(mail?.replyTo).toEqual([{ name: '', address: 'pay@elsewhere.net' }]);
    expect(mail?.warnings).toEqual([
      "The sender's name shows josue@larkmoor.com, but it came from j@1arkmoor.com.",
      'Answers would go to pay@elsewhere.net, not to j@1arkmoor.com.',
    ]);
  });

  test('winmail.dat, encrypted mail, empty parts and a missing sender are told', async () => {
    const odd = multipart([
      'Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx',
      'Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nx',
      'Content-Type: application/pdf; name=none.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n',
    ]).replace('From: Ana <ana@larkmoor.com>', 'Subject: x');
    const { mail } = await unpack(odd);
    expect(mail?.warnings.map((sentence) => sentence.split('.')[0])).toEqual([
      'This mail does not say who sent it',
      'The attachments are packed in winmail',
      'This mail is encrypted',
      'none',
    ]);
  });

  test('odd charsets, base64 garbage, missing ends and broken dates are read as far as they go', async () => {
    const { mail } = await unpack(
      Buffer.concat([
        Buffer.from('From: a@b.co\r\nDate: yesterday\r\nContent-Type: text/plain; charset=windows-1252\r\n\r\nCaf'),
        Buffer.from([0xe9]),
      ]),
    );
    expect(mail).toMatchObject({ text: 'Café', date: null });
    const unknown = await unpack('From: a@b.co\r\nContent-Type: text/plain; charset=klingon\r\n\r\nHello');
    expect(unknown.mail?.text).toBe('Hello');
    const garbage = await unpack(
      multipart([
        'Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n%%JVBE!RI0x&&=',
      ]),
    );
    expect(garbage.mail?.attachments).toHaveLength(1);
    const open = await unpack('From: a@b.co\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHello');
    expect(open.mail?.text).toBe('Hello');
  });
});

describe('a mail made to hurt', () => {
  const deep = Array.from(
    { length: 200 },
    (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`,
  );
  test.each([
    ['10,000 parts', multipart(Array(10_000).fill('Content-Type: application/pdf\r\n\r\nx')), 'TooManyParts'],
    [
      'multiparts without end',
      `From: a@b.co\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n${deep.join('')}`,
      'MailTangled',
    ],
    ['headers of 3 MB', `From: a@b.co\r\nX: ${'a'.repeat(3_000_000)}\r\n\r\nHi`, 'MailTangled'],
    ['no mail', 'hello world', 'NotMail'],
    ['random bytes', Buffer.from([1, 2, 3, 4, 0, 255]), 'NotMail'],
    ['nothing', '', 'Empty'],
  ])('%s', async (_case, bytes, type) => {
    const { result, kept } = await unpack(bytes);
    expect(result).toMatchObject({ ok: false, error: { type, sentence: expect.stringMatching(/^[A-Z].*\.$/) } });
    expect(kept.size).toBe(0);
  });

  test('tags and comments that never end, and a text without end, stay inside the cap', async () => {
    const html = `From: a@b.co\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>${'<style><!--'.repeat(100_000)}`;
    expect((await unpack(html)).mail?.text).toBe('Hello');
    const long = await unpack(`From: a@b.co\r\n\r\n${'word '.repeat(500_000)}`);
    expect(long.mail?.text.length).toBeLessThanOrEqual(200_000);
  });

  test('a megabyte of open tags beside plain text is read in one pass', async () => {
    const tags = `Content-Type: text/html\r\n\r\n<p>Yes</p>${'<a href="'.repeat(200_000)}`;
    const { mail } = await unpack(multipart([tags, 'Content-Type: text/plain\r\n\r\nand no']));
    expect(mail?.text).toBe('Yes\nand no');
  });

  test('a forwarded message of half a million lines is kept whole', async () => {
    const inner = `From: b@c.de\nSubject: Scan\n\n${'JVBERi0xLjcK\n'.repeat(500_000)}`;
    const { mail } = await unpack(multipart([`Content-Type: message/rfc822\r\n\r\n${inner}`]));
    expect(mail?.attachments).toMatchObject([{ name: 'Scan.eml', bytes: inner.length + 1 }]);
  });

  test('names without end are cut, keep their ending, and cost nothing', async () => {
    const long = `a${'.'.repeat(1_000_000)}x.pdf`;
    const { mail } = await unpack(multipart([`Content-Type: application/pdf; name="${long}"\r\n\r\nx`]));
    expect(mail?.attachments[0]?.name).toBe('a.pdf');
    expect(mail?.attachments[0]?.name.length).toBeLessThanOrEqual(200);
    const shown = await unpack(`From: "${'a@'.repeat(400)}" <x@y.co>\r\n\r\nHello`);
    expect(shown.mail?.from?.address).toBe('x@y.co');
  });

  test('Apple Mail and mailbox files start one line later', async () => {
    const { mail } = await unpack('57\nFrom: a@b.co\r\nSubject: Keys\r\n\r\nHello');
    expect(mail).toMatchObject({ subject: 'Keys', from: { address: 'a@b.co' } });
  });

  test('one over the size cap is refused unread', async () => {
    const { result } = await unpack('From: a@b.co\r\n\r\nHello', { ...MAIL_LIMITS, maxBytes: 10 });
    expect(result).toMatchObject({ ok: false, error: { type: 'TooLarge' } });
  });
});

const outlook = makeMsg({
  subject: 'Repairs – 418',
  senderName: 'Ana',
  senderEmail: 'ana@larkmoor.com',
  to: [{ name: 'TC', email: 'tc@example.com' }],
  body: 'Attached.',
  html: '<img src="cid:logo1">',
  headers: 'Received: x\r\nReply-To: Other\r\n <other@elsewhere.net>\r\nSubject: x\r\n',
  attachments: [
    { name: 'Addendum.pdf', data: `%PDF-1.7 ${'x'.repeat(9000)}` },
    { name: 'logo.png', data: 'png', contentId: 'logo1' },
    {
      name: 'Earlier',
      inner: { subject: 'Earlier', senderName: 'B', senderEmail: 'b@c.de', to: [], body: 'Inner text' },
    },
    { name: 'link only.pdf' },
  ],
});

describe('an Outlook mail', () => {
  test('gives the same as an Internet mail', async () => {
    const { mail, kept } = await unpack(outlook);
    expect(mail).toMatchObject({
      from: { name: 'Ana', address: 'ana@larkmoor.com' },
      to: [{ name: 'TC', address: 'tc@example.com' }],
      replyTo: [{ name: 'Other', address: 'other@elsewhere.net' }],
      subject: 'Repairs – 418',
      date: '2026-06-02T17:30:00.000Z',
      text: 'Attached.',
      attachments: [
        { name: 'Addendum.pdf', bytes: 9009, isInline: false },
        { name: 'logo.png', mime: 'image/png', isInline: true, contentId: 'logo1' },
        { name: 'Earlier.msg', isMail: true },
      ],
    });
    expect(mail?.warnings).toContain('link only.pdf came without content. Ask the sender to send it again.');
    expect(textOf(kept, mail?.attachments[0]?.sha256).startsWith('%PDF-1.7 xxx')).toBe(true);
    const inner = await unpack(kept.get(mail?.attachments[2]?.sha256 ?? '') ?? '');
    expect(inner.mail).toMatchObject({ subject: 'Earlier', text: 'Inner text' });
  });

  test('one cut off is damaged, and another OLE file is no mail', async () => {
    const cut = await unpack(outlook.subarray(0, 3000));
    expect(cut.result).toMatchObject({ ok: false, error: { type: 'MailDamaged' } });
    const word = await unpack(makeCompound([{ name: 'WordDocument', data: 'x' }]));
    expect(word.result).toMatchObject({ ok: false, error: { type: 'NotMail' } });
  });

  test('chains and trees that loop are found before they are followed', async () => {
    const directory = outlook.readUInt32LE(48);
    const table = (outlook.readUInt32LE(76) + 1) * 512;
    const looped = Buffer.from(outlook);
    looped.writeUInt32LE(directory, table + 4 * directory);
    expect((await unpack(looped)).result).toMatchObject({ ok: false, error: { type: 'MailDamaged' } });
    const tree = Buffer.from(outlook);
    tree.writeUInt32LE(0, (directory + 1) * 512 + 76);
    expect((await unpack(tree)).result).toMatchObject({ ok: false, error: { type: 'MailDamaged' } });
    const huge = Buffer.from(outlook);
    huge.writeUInt32LE(0x7fffffff, (directory + 1) * 512 + 128 + 120);
    expect((await unpack(huge)).result).toMatchObject({ ok: false, error: { type: 'MailDamaged' } });
  });
});

test('a full disk is passed on, and stopping ends it', async () => {
  const path = folder.write(multipart(['Content-Type: application/pdf; name=a.pdf\r\n\r\nx']));
  const full = await unpackMail(path, { sink: async () => err({ type: 'DiskFull', sentence: 'The disk is full.' }) });
  expect(full).toEqual({ ok: false, error: { type: 'NotKept', cause: 'DiskFull', sentence: 'The disk is full.' } });
  const stopped = await unpackMail(path, { sink: memorySink().sink, signal: AbortSignal.abort() });
  expect(stopped).toMatchObject({ ok: false, error: { type: 'Stopped' } });
  const gone = await unpackMail(`${folder.path}/none`, { sink: memorySink().sink });
  expect(gone).toMatchObject({ ok: false, error: { type: 'Unreadable' } });
});

const wanted: Readonly<Record<string, readonly string[]>> = {
  'attachment_content_location.eml': ['Attachment 1.jpg'],
  'attachment_message_rfc822.eml': ['ForwardedMessage.eml'],
  'attachment_nonascii_filename.eml': ['ciële.txt'],
  'attachment_pdf.eml': ['broken.pdf'],
  'attachment_with_encoded_name.eml': ['01 Quien Te Dijat. Pitbull.mp3'],
  'basic_email.eml': [],
  'content_transfer_encoding_qp_with_space.eml': [],
  'japanese_attachment.eml': ['てすと.txt'],
  'multi_address_bounce2.eml': ['Attachment 1.txt', 'Test of bounce email.eml'],
  'raw_email11.eml': ['Attachment 1.txt'],
  'raw_email_with_at_display_name.eml': [],
  'raw_email_with_nested_attachment.eml': ['truncated.png', 'smime.p7s'],
};

test.skipIf(!existsSync(FIXTURES))(
  'every fixture message (../shared/fixtures, skipped where missing) is read',
  async () => {
    for (const name of readdirSync(FIXTURES)) {
      const memory = memorySink();
      const result = await unpackMail(fileURLToPath(new URL(name, FIXTURES)), { sink: memory.sink });
      if (!result.ok) throw new Error(`${name}: ${result.error.type}`);
      const { from, subject, date, text, attachments, warnings } = result.value;
      console.log(
        name,
        '|',
        from?.address,
        '|',
        subject,
        '|',
        date,
        '|',
        text.length,
        '|',
        attachments.map((a) => a.name),
        warnings,
      );
      expect(from?.address).toMatch(/@/);
      expect(subject).not.toBe('');
      expect(date).toMatch(/^20/);
      expect(text).not.toBe('');
      const expected = wanted[name];
      if (expected) expect(attachments.map((attachment) => attachment.name)).toEqual(expected);
    }
  },
);

test('any bytes, and any damage to a good mail of either kind, end in a value', async () => {
  const eml = Buffer.from(
    multipart([
      'Content-Type: text/html; charset=utf-8\r\n\r\n<p>x</p>',
      'Content-Type: application/pdf; name=a\r\n\r\nx',
    ]),
  );
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 10 });
  const good = fc.tuple(fc.constantFrom(eml, outlook), damage, fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 600 }), good), async (shape) => {
      const bytes = shape instanceof Uint8Array ? shape : Buffer.from(shape[0]);
      if (!(shape instanceof Uint8Array)) {
        // The first sectors hold the tables that steer the reader.
        for (const [at, value] of shape[1])
          bytes[at % (shape[2] ? Math.min(bytes.length, 4096) : bytes.length)] = value;
      }
      const { result } = await unpack(bytes);
      if (!result.ok) expect(result.error.sentence).toMatch(/^[A-Z].*\.$/);
    }),
    { numRuns: 500 },
  );
});
