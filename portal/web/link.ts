const PLACE = /^#\/open\/([A-Za-z0-9_-]{20,100})$/;

/** The token of a link in the part of an address that stays in the browser; null without one. */
export function tokenIn(hash: string): string | null {
  return PLACE.exec(hash)?.[1] ?? null;
}

/**
 * Takes the token out of the address bar at once, so that it is in no history, screenshot or shared address. It is used
 * only when a person presses the button: whatever opens links by itself signs nobody in.
 */
export function takeToken(): string | null {
  const token = tokenIn(location.hash);
  if (token !== null) history.replaceState(null, '', location.pathname);
  return token;
}
