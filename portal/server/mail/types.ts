/** A mail as it goes out: text and the same in HTML. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** `later`: worth another try. `never`: the address or the mail was refused for good. */
export type MailOutcome =
  | { readonly sent: true }
  | { readonly sent: false; readonly retry: 'later' | 'never'; readonly problem: string };

export interface Mailer {
  send(mail: OutgoingMail): Promise<MailOutcome>;
  close(): void;
}
