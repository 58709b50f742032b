const PAGE = /^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?([/?#][\x21-\x7e]*)?$/i;
/** Only the fields of a letter. Some mail programs also know `attach`, which would put a file of this computer into it. */
const MAIL =
  /^mailto:[\w.%+@,;-]*(\?(to|cc|bcc|subject|body)=[^\s&"<>\\]*(&(to|cc|bcc|subject|body)=[^\s&"<>\\]*)*)?$/i;

/** Whether an address may be opened outside: web pages and mail. Anything else could start a program. */
export function isOpenable(address: string): boolean {
  return PAGE.test(address) || MAIL.test(address);
}
