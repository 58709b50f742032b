import type { Result } from '../../../core/result.ts';
import type { PersonCallName, PersonCalls, PersonOutput, PersonParsed } from '../../api/person-calls.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import type { LinkRow } from '../store/areas/links.ts';
import type { SessionRow } from '../store/areas/sessions.ts';

/** A browser with a session that counts now. Read anew at each request, so that a revoked link is over with the next. */
export interface Visitor {
  readonly link: LinkRow;
  readonly session: SessionRow;
  readonly isPreview: boolean;
}

/** One request of a person's page. */
export interface PersonRequest {
  /** Of the connection, or as the trusted proxy says. For limits only; kept as a hash. */
  readonly address: string;
  /** Null without a session that counts. */
  readonly visitor: Visitor | null;
  /** Gives this browser a session, or (null) takes it away, with the answer. */
  readonly keep: (secret: string | null) => void;
}

export type RequestOf<N extends PersonCallName> = PersonCalls[N]['who'] extends 'anyone'
  ? PersonRequest
  : PersonRequest & { readonly visitor: Visitor };

export type PersonHandler<N extends PersonCallName> = (
  context: PortalContext,
  request: RequestOf<N>,
  input: PersonParsed<N>,
) => Promise<Result<PersonOutput<N>, ApiError>>;

/** Some of the calls, as one file of portal/server/person answers them. */
export type PersonHandlers = { readonly [N in PersonCallName]?: PersonHandler<N> };
