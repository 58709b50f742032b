import { createTransport } from 'nodemailer';
import type { PortalConfig } from '../config.ts';
import type { PortalLog } from '../log.ts';
import type { Mailer, MailOutcome, OutgoingMail } from './types.ts';

type MailConfig = Pick<PortalConfig, 'smtp' | 'mailFrom' | 'isEmbedded'>;

/** Milliseconds to wait for the mail server: to connect, to be greeted, and for an answer. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

/**
 * The way out for mails; null where none is set up. The portal of one computer never mails: its links open nowhere else.
 * Throws for an address of the mail server that is none, which is a mistake of the configuration.
 */
export function createMailer(config: MailConfig, log: PortalLog): Mailer | null {
  if (config.isEmbedded || config.smtp === null || config.mailFrom === null) return null;
  const from = config.mailFrom;
  const transport = createTransport(transportOf(config.smtp));
  return {
    send: async ({ to, subject, text, html }: OutgoingMail): Promise<MailOutcome> => {
      try {
        await transport.sendMail({ from, to, subject, text, html, disableFileAccess: true, disableUrlAccess: true });
        return { sent: true };
      } catch (error) {
        const outcome = outcomeOf(error);
        // Neither the address nor the words of the server, which repeat it.
        log.warn('a mail was not sent', { problem: outcome.problem, retry: outcome.retry });
        return { sent: false, ...outcome };
      }
    },
    close: () => transport.close(),
  };
}

/**
 * How the mail server is spoken to. Without TLS from the start (`smtps`), STARTTLS is required, except for a server on
 * this computer. Certificates are checked.
 */
export function transportOf(smtp: string) {
  const url = new URL(smtp);
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') throw new Error('the mail server is smtp:// or smtps://');
  const secure = url.protocol === 'smtps:';
  const isHere = /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  const user = decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && !isHere,
    ignoreTLS: !secure && isHere,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    tls: { minVersion: 'TLSv1.2' as const },
  };
}

/** An answer of 500 and above to the recipient or the mail is for good; everything else may be better later. */
function outcomeOf(error: unknown): { readonly retry: 'later' | 'never'; readonly problem: string } {
  const { code = 'unknown', responseCode } = error as { readonly code?: string; readonly responseCode?: number };
  const isRefused = (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== undefined && responseCode >= 500;
  const problem = responseCode === undefined ? code : `${code} ${responseCode}`;
  return { retry: isRefused ? 'never' : 'later', problem };
}
