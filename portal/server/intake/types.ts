import type { Result } from '../../../core/result.ts';
import type { IntakeCallName, IntakeCalls, IntakeOutput, IntakeParsed } from '../../api/intake-calls.ts';
import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import type { FoundDraft } from '../store/areas/intakes.ts';

/** One request of the intake's page. */
export interface IntakeRequest {
  /** Of the connection, or as the trusted proxy says. For limits only; kept as a hash. */
  readonly address: string;
  /** The answers that this browser has the key of and may see; null without. */
  readonly found: FoundDraft | null;
  /** Gives this browser a key, or (null) takes it away, with the answer. */
  readonly keep: (key: string | null) => void;
}

export type IntakeRequestOf<N extends IntakeCallName> = IntakeCalls[N]['who'] extends 'anyone'
  ? IntakeRequest
  : IntakeRequest & { readonly found: FoundDraft };

export type IntakeHandler<N extends IntakeCallName> = (
  context: PortalContext,
  request: IntakeRequestOf<N>,
  input: IntakeParsed<N>,
) => Promise<Result<IntakeOutput<N>, ApiError>>;

export type IntakeHandlers = { readonly [N in IntakeCallName]: IntakeHandler<N> };
