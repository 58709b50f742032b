import { z } from 'zod';
import { APPROVERS, CHANGE_KINDS } from '../../core/changes/rules.ts';
import { ProposedTermArg } from '../../core/changes/term-schema.ts';
import { MESSAGE_ABOUT, PARTY_ROLES } from '../../core/deals/model.ts';
import { type ApiCall, apiCall } from './call.ts';
import { Answer, PersonHome } from './person-home.ts';
import { Done, Id, Instant, Nothing, SecondStep } from './values.ts';

/**
 * Every request of a person's page to the portal: `POST /api/person/<name>`, JSON both ways, from the portal's own
 * origin, with the session in a cookie that no script reads. A new one is a line here, a handler in portal/server/person
 * and a test.
 *
 * `anyone`: also without a session. `visitor`: came through a link. `confirmed`: and did the second step.
 */

/** Made by the page, once for each act: 36 characters of a UUID. */
const ActId = z.uuid();
const Words = z.string().trim().min(1).max(300);
const MaybeWords = z.string().trim().max(300);

/** Files that go together, as pages of one PDF. */
export const MOST_PAGES = 60;

export const personCalls = {
  /** Exchanges the token of a link for a session. An unknown, an expired and a revoked one are answered alike. */
  open: apiCall('anyone', z.strictObject({ token: z.string().min(1).max(200) }), SecondStep),
  /** Where this browser stands; never an error for somebody without a session. */
  where: apiCall(
    'anyone',
    Nothing,
    z.discriminatedUnion('at', [
      z.strictObject({ at: z.literal('nobody') }),
      z.strictObject({ at: z.literal('second-step'), second: SecondStep }),
      z.strictObject({ at: z.literal('home') }),
    ]),
  ),
  'send-code': apiCall('visitor', Nothing, z.strictObject({ sentTo: z.string(), expiresAt: Instant })),
  confirm: apiCall('visitor', z.strictObject({ answer: z.string().min(1).max(200) }), Done),
  home: apiCall('confirmed', Nothing, PersonHome),
  /**
   * Leave to fetch one document once, within a minute: `ticket` goes to `url` as a form, so it stands in no address. `read`
   * is for the page itself, which draws it, and is given also where the link hands out no files.
   */
  'document-ticket': apiCall(
    'confirmed',
    z.strictObject({ versionId: Id, use: z.enum(['read', 'download']).default('download') }),
    z.strictObject({ url: z.url(), ticket: z.string(), fileName: z.string() }),
  ),

  /** From here on, what people do. `actId` is made by the page once for each act: sent again, it is answered as before. */
  'complete-task': apiCall('confirmed', z.strictObject({ actId: ActId, taskId: Id, isDone: z.boolean() }), Done),
  acknowledge: apiCall('confirmed', z.strictObject({ actId: ActId, versionId: Id }), Done),
  'send-form': apiCall(
    'confirmed',
    z.strictObject({ actId: ActId, formId: Id, answers: z.record(z.string().max(60), Answer) }),
    Done,
  ),
  'write-message': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      aboutType: z.enum(MESSAGE_ABOUT),
      aboutId: z.string().max(200),
      body: z.string().trim().min(1).max(4_000),
    }),
    Done,
  ),
  'ask-change': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      kind: z.enum(CHANGE_KINDS),
      terms: z.array(ProposedTermArg).min(1).max(20),
      reason: z.string().trim().max(2_000),
    }),
    Done,
  ),
  /**
   * Asks for the second step anew (`confirm-again`) when it is older than 15 minutes, as do `acknowledge`, `ask-change` (to
   * ask is to agree) and `give-consent`.
   */
  'answer-change': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      changeId: Id,
      answer: z.enum(['approve', 'decline']),
      as: z.enum(APPROVERS),
      reason: z.string().trim().max(300),
    }),
    Done,
  ),
  'withdraw-change': apiCall('confirmed', z.strictObject({ actId: ActId, changeId: Id }), Done),
  'propose-person': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      role: z.enum(PARTY_ROLES),
      name: Words,
      company: MaybeWords,
      email: MaybeWords,
      phone: MaybeWords,
      words: MaybeWords,
    }),
    Done,
  ),
  'give-consent': apiCall(
    'confirmed',
    z.strictObject({ actId: ActId, toId: Id, covers: z.enum(['closing-disclosure', 'settlement']) }),
    Done,
  ),
  'withdraw-consent': apiCall('confirmed', z.strictObject({ actId: ActId, consentId: Id }), Done),
  /**
   * Files what was uploaded (`PERSON_UPLOADS`, tus) under `sendingId`: one file as it is, or photos as the pages of one PDF in
   * the order of `uploads`. `newTitle`: a paper that nobody asked for, in the sender's words; then `lineId` is a fresh id.
   */
  'send-paper': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      sendingId: Id,
      lineId: Id,
      newTitle: Words.nullable(),
      uploads: z.array(Id).min(1).max(MOST_PAGES),
      as: z.enum(['file', 'photos']),
      name: Words,
    }),
    Done,
  ),
  /** Forgets what was uploaded under it and not filed. */
  'drop-sending': apiCall('confirmed', z.strictObject({ sendingId: Id }), Done),
  /** A feed of this person's dates for a calendar; one before it ends. The address is told once. */
  'make-calendar': apiCall('confirmed', Nothing, z.strictObject({ url: z.url() })),
  'end-calendar': apiCall('confirmed', Nothing, Done),
  /** Another deal of the same agent: this browser's session moves there. */
  'switch-deal': apiCall('confirmed', z.strictObject({ linkId: Id }), Done),
  'sign-out': apiCall('anyone', Nothing, Done),
} as const satisfies Record<string, ApiCall>;

export type PersonCalls = typeof personCalls;
export type PersonCallName = keyof PersonCalls;
export type PersonInput<N extends PersonCallName> = z.input<PersonCalls[N]['input']>;
export type PersonParsed<N extends PersonCallName> = z.output<PersonCalls[N]['input']>;
export type PersonOutput<N extends PersonCallName> = z.output<PersonCalls[N]['output']>;

export const PERSON_PATH = '/api/person';
/**
 * The `pageId` of the deal that a page shows. One browser has one session: where another tab has opened another deal since,
 * the request is answered `not-signed-in`, and nothing is done to that other deal.
 */
export const PAGE_HEADER = 'x-closeboard-page';
/** On the files' own origin. */
export const DOCUMENT_PATH = '/document';
/**
 * tus 1.0, from the portal's own origin with the session's cookie. Metadata: `sendingId`, `name`, `place` (from 1), and
 * `lineId` for a paper that is asked for, so that one that is never kept here is refused before its first byte. Only a
 * confirmed session of the same person reaches an upload again, so a page that was closed goes on where it stopped. It is
 * kept for seven days.
 */
export const PERSON_UPLOADS = '/api/person/uploads';
/** Bytes of one piece of it: what a lost signal costs at most. */
export const PERSON_CHUNK = 256 * 1024;
