import type { ApiError } from '../../api/values.ts';

/** Failures that several routes answer with. Sentences that never tell what exists. */

export const notSignedIn: ApiError = {
  type: 'not-signed-in',
  message: 'This computer is not signed in at the portal, or not any more. Sign in again with a new code.',
};
export const notAvailable: ApiError = {
  type: 'not-available',
  message: 'This is not available to you, or not any more. Ask your coordinator if you expected it here.',
};
export const adminsOnly: ApiError = {
  type: 'not-allowed',
  message: 'Only an admin of your team can do this. Nothing was changed.',
};
export const coordinatorsOnly: ApiError = {
  type: 'not-allowed',
  message: 'Only a coordinator or an admin can do this. Nothing was changed.',
};
export const defect: ApiError = {
  type: 'defect',
  message: 'The portal could not carry this out. Try again; if it fails again, report it with the time of day.',
};

/** `untilMs`: when the window of the limit ends. */
export function tooOften(untilMs: number, nowMs: number): ApiError {
  const retryAfter = Math.max(1, Math.ceil((untilMs - nowMs) / 1000));
  return {
    type: 'too-often',
    message: 'This was tried too often. Wait a while, then try again.',
    retryAfter,
  };
}
