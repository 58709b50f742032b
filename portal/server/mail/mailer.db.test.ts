import { networkInterfaces } from 'node:os';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import type { PortalLog } from '../log.ts';
import { codeMail } from './code-mail.ts';
import { createMailer, transportOf } from './mailer.ts';

const lines: string[] = [];
const log: PortalLog = {
  info: () => undefined,
  warn: (message, facts) => void lines.push(`${message} ${JSON.stringify(facts)}`),
  defect: (message) => void lines.push(message),
};
const mail = codeMail({ to: 'priya@mail.example', code: '12345678', minutes: 10, office: 'Fennimore Realty' });

let server: SMTPServer | null = null;
afterEach(async () => {
  await new Promise<void>((done) => (server === null ? done() : server.close(() => done())));
  server = null;
  lines.length = 0;
});

async function listen(options: SMTPServerOptions, host = '127.0.0.1'): Promise<string> {
  const made = new SMTPServer({ authOptional: true, logger: false, ...options });
  server = made;
  made.on('error', () => undefined);
  await new Promise<void>((done) => made.listen(0, host, () => done()));
  const at = made.server.address();
  return `smtp://${host}:${typeof at === 'object' && at !== null ? at.port : 0}`;
}

const mailerFor = (smtp: string) => {
  const mailer = createMailer(
    { smtp, mailFrom: 'Fennimore Realty <portal@fennimore.example>', isEmbedded: false },
    log,
  );
  if (mailer === null) throw new Error('no mailer');
  return mailer;
};

test('a mail arrives as text and HTML, from the office', async () => {
  let got = '';
  const smtp = await listen({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      stream.on('data', (chunk: Buffer) => {
        got += chunk.toString('utf8');
      });
      stream.on('end', () => done());
    },
  });
  const mailer = mailerFor(smtp);
  expect(await mailer.send(mail)).toEqual({ sent: true });
  mailer.close();
  expect(got).toMatch(/From: Fennimore Realty <portal@fennimore\.example>/);
  expect(got).toMatch(/Content-Type: text\/plain/);
  expect(got).toMatch(/Content-Type: text\/html/);
  expect(got).toContain('1234 5678');
});

test('an address that is refused is refused for good, and stands in no log; a busy server is asked again', async () => {
  const refuse = (code: number) => (_a: unknown, _s: unknown, done: (error?: Error) => void) =>
    done(Object.assign(new Error('priya@mail.example is unknown'), { responseCode: code }));
  const mailer = mailerFor(await listen({ disabledCommands: ['STARTTLS', 'AUTH'], onRcptTo: refuse(550) }));
  expect(await mailer.send(mail)).toEqual({ sent: false, retry: 'never', problem: 'EENVELOPE 550' });
  mailer.close();
  expect(lines.join(' ')).not.toContain('priya');
  await new Promise<void>((done) => server?.close(() => done()));
  const busy = mailerFor(await listen({ disabledCommands: ['STARTTLS', 'AUTH'], onRcptTo: refuse(451) }));
  expect(await busy.send(mail)).toMatchObject({ sent: false, retry: 'later' });
  busy.close();
});

test('a server that is not there is a value', async () => {
  const mailer = mailerFor('smtp://127.0.0.1:9');
  expect(await mailer.send(mail)).toMatchObject({ sent: false, retry: 'later', problem: expect.stringMatching(/^E/) });
  mailer.close();
});

const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

test.skipIf(elsewhere === undefined)('nothing is sent in the clear to a server elsewhere', async () => {
  let got = '';
  const onData: SMTPServerOptions['onData'] = (stream, _session, done) => {
    stream.on('data', (chunk: Buffer) => {
      got += chunk.toString('utf8');
    });
    stream.on('end', () => done());
  };
  const mailer = mailerFor(await listen({ disabledCommands: ['STARTTLS', 'AUTH'], onData }, elsewhere));
  expect(await mailer.send(mail)).toMatchObject({ sent: false, retry: 'later' });
  expect(got).toBe('');
  mailer.close();
});

test('how the server is spoken to; the portal of one computer never mails', () => {
  expect(transportOf('smtps://u%40x:p%3A1@mail.example')).toMatchObject({
    ...{ host: 'mail.example', port: 465, secure: true, auth: { user: 'u@x', pass: 'p:1' } },
  });
  expect(transportOf('smtp://mail.example:2525')).toMatchObject({ port: 2525, secure: false, requireTLS: true });
  expect(transportOf('smtp://[::1]')).toMatchObject({ host: '::1', port: 587, requireTLS: false });
  expect(() => transportOf('https://mail.example')).toThrow();
  const config = { smtp: 'smtp://mail.example', mailFrom: 'a@b.example' };
  expect(createMailer({ ...config, isEmbedded: true }, log)).toBeNull();
  expect(createMailer({ ...config, smtp: null, isEmbedded: false }, log)).toBeNull();
  expect(createMailer({ ...config, mailFrom: null, isEmbedded: false }, log)).toBeNull();
});
