import { z } from 'zod';

/** How a portal server runs, from the command line, the environment (CLOSEBOARD_PORTAL_*) and `portal.json` of its folder. */
export const PortalConfig = z.strictObject({
  /** Absolute. Records (SQLite), blobs and unfinished uploads. */
  data: z.string().min(1),
  host: z.string().min(1),
  /** 0 lets the system choose. */
  port: z.int().min(0).max(65_535),
  /** How desktops and people reach it, without a slash at the end: `https://portal.fennimore.example`. */
  publicUrl: z.url(),
  /** Another origin for files, so that nothing in a file can act as the portal. */
  filesUrl: z.url(),
  /** `postgres://...`; null for SQLite in the folder. A secret: never logged. */
  database: z.string().nullable(),
  /** Where blobs lie; null for `blobs/` in the folder. */
  blobs: z.string().nullable(),
  /** `smtp://` or `smtps://` with user and password; null when no mail is set up. A secret: never logged. */
  smtp: z.string().nullable(),
  /** The sender of mails: `Fennimore Realty <portal@fennimore.example>`. */
  mailFrom: z.string().nullable(),
  /** Started by a desktop for itself: links open on this computer only and nothing is ever sent. */
  isEmbedded: z.boolean(),
  /** Bytes that a workspace may keep. */
  quotaBytes: z.int().min(1),
  /** Bytes of one file. */
  maxFileBytes: z.int().min(1),
  /** How many proxies in front say who asks (X-Forwarded-For); 0 for none. */
  proxies: z.int().min(0).max(5),
});
export type PortalConfig = z.infer<typeof PortalConfig>;
