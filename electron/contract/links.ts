const PAGE = /^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?([/?#][\x21-\x7e]*)?$/i;
/** The portal of this computer, by its one name: a name that ends in `localhost` never leaves the computer (RFC 6761). */
const OWN_PORTAL = /^http:\/\/portal\.localhost(:\d{1,5})?([/?#][\x21-\x7e]*)?$/i;
/** Only the fields of a letter. Some mail programs also know `attach`, which would put a file of this computer into it. */
const MAIL =
  /^mailto:[\w.%+@,;-]*(\?(to|cc|bcc|subject|body)=[^\s&"<>\\]*(&(to|cc|bcc|subject|body)=[^\s&"<>\\]*)*)?$/i;

/** Whether an address may be opened outside: web pages, mail, and the portal of this computer. Anything else could start a program. */
export function isOpenable(address: string): boolean {
  return PAGE.test(address) || OWN_PORTAL.test(address) || MAIL.test(address);
}
