import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** One page's right to ask, as the page gets it. */
export interface Admission {
  /** Goes with every request; the page keeps it in memory only. */
  readonly bearer: string;
  /** A one-time token with which the same page, reloaded, is admitted again. */
  readonly next: string;
}

export interface Session {
  /** Called when the session ends, so that its event streams end too. */
  onEnd: () => void;
}

export interface Sessions {
  /** A new token for the address of the page: good once, for a minute. */
  invite(): string;
  /** Takes a token and admits, or null: unknown, used, or too old. */
  admit(token: string): Admission | null;
  /** The session of a bearer, or null. */
  find(bearer: string): Session | null;
}

interface Kept extends Session {
  readonly bearer: Buffer;
  readonly next: Buffer;
  /** The session that this one takes over when it is first used. */
  before: Kept | null;
}

const INVITATION_MS = 60_000;

/** Tokens and bearers are 256 random bits, kept as hashes and compared in constant time. `now` is milliseconds. */
export function createSessions(now: () => number): Sessions {
  let invitations: { readonly token: Buffer; readonly until: number }[] = [];
  let sessions: Kept[] = [];

  const end = (session: Kept) => {
    sessions = sessions.filter((other) => other !== session);
    session.onEnd();
  };
  const start = (before: Kept | null): Admission => {
    const admission = { bearer: secret(), next: secret() };
    sessions.push({ bearer: hash(admission.bearer), next: hash(admission.next), before, onEnd: () => {} });
    return admission;
  };

  return {
    invite() {
      const token = secret();
      invitations.push({ token: hash(token), until: now() + INVITATION_MS });
      return token;
    },
    admit(token) {
      const hashed = hash(token);
      invitations = invitations.filter(({ until }) => until > now());
      const invitation = invitations.find((known) => timingSafeEqual(known.token, hashed));
      if (invitation) {
        invitations = invitations.filter((known) => known !== invitation);
        return start(null);
      }
      const before = sessions.find((known) => timingSafeEqual(known.next, hashed));
      if (!before) return null;
      // A page reloaded again before it got its answer comes with the same token; what it never used is dropped.
      for (const unused of sessions.filter((session) => session.before === before)) end(unused);
      return start(before);
    },
    find(bearer) {
      const hashed = hash(bearer);
      const session = sessions.find((known) => timingSafeEqual(known.bearer, hashed));
      if (!session) return null;
      if (session.before) end(session.before);
      session.before = null;
      return session;
    },
  };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
