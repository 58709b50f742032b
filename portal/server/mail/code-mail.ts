import type { OutgoingMail } from './types.ts';

export interface CodeMail {
  readonly to: string;
  /** Eight digits. */
  readonly code: string;
  readonly minutes: number;
  /** The office that runs the portal. */
  readonly office: string;
}

/** The mail with a code. It never carries the link, or one stolen mailbox would be both keys; so it has no address to click. */
export function codeMail({ to, code, minutes, office }: CodeMail): OutgoingMail {
  const shown = `${code.slice(0, 4)} ${code.slice(4)}`;
  const lines = [
    `Type it on the page that asked for it. It works once, for ${minutes} minutes, in that browser only.`,
    'Nobody from our office will ever ask you for this code. If you did not ask for it, you need to do nothing.',
    'We never send account numbers by e-mail or text. Before you send money, call somebody you know on a number you already have.',
  ];
  const text = [`Your code is ${shown}`, ...lines, office].filter((line) => line !== '').join('\n\n');
  const paragraphs = lines.map((line) => `<p style="margin:0 0 14px">${escapeHtml(line)}</p>`).join('');
  const html = `<!doctype html><html lang="en"><body style="margin:0;padding:24px;background:#ffffff;color:#161b1c;font:16px/24px -apple-system,'Segoe UI',Roboto,Arial,sans-serif"><div style="max-width:480px"><p style="margin:0 0 6px">Your code is</p><p style="margin:0 0 18px;font-size:30px;line-height:36px;font-weight:600;letter-spacing:2px">${shown}</p>${paragraphs}<p style="margin:0;color:#495356">${escapeHtml(office)}</p></div></body></html>`;
  return { to, subject: 'Your code for the closing portal', text, html };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
