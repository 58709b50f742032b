/** Where our page lives. A scheme of its own has an origin of its own, unlike file:// (Electron security list, 18). */
export const SCHEME = 'app';
const HOST = 'closeboard';
export const PAGE_URL = `${SCHEME}://${HOST}/`;

/** Whether an address is in our page's origin. Node gives such schemes no origin, so the parts are compared. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return url.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === '';
}
