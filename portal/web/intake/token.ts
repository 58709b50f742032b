const PLACE = /^#\/(start|resume)\/([A-Za-z0-9_-]{20,100})$/;

/** What a link holds: `start` is that of the coordinator, `resume` goes on with answers that were begun elsewhere. */
export interface IntakeToken {
  readonly kind: 'start' | 'resume';
  readonly token: string;
}

export function intakeTokenIn(hash: string): IntakeToken | null {
  const [, kind, token] = PLACE.exec(hash) ?? [];
  return (kind === 'start' || kind === 'resume') && token !== undefined ? { kind, token } : null;
}

/** Takes it out of the address bar at once, so that it is in no history, screenshot or shared address. */
export function takeIntakeToken(): IntakeToken | null {
  const found = intakeTokenIn(location.hash);
  if (found !== null) history.replaceState(null, '', location.pathname);
  return found;
}
