import type { OutgoingMail } from '../mail/types.ts';

export interface ResumeMail {
  readonly to: string;
  readonly url: string;
  /** The office that runs the portal; may be empty. */
  readonly office: string;
}

/** The way back to one's own answers. Nothing that anybody typed stands in it, so it cannot be made to say anything. */
export function resumeMail({ to, url, office }: ResumeMail): OutgoingMail {
  const lines = [
    'You asked for this on the page with your answers. The link goes on where you stopped, on any phone or computer.',
    'Whoever has the link can read and change these answers until they are sent, so do not pass it on.',
    'If you did not ask for it, you need to do nothing.',
  ];
  const text = ['Go on with your answers:', url, ...lines, office].filter((line) => line !== '').join('\n\n');
  const paragraphs = lines.map((line) => `<p style="margin:0 0 14px">${line}</p>`).join('');
  const link = `<p style="margin:0 0 18px"><a href="${escapeHtml(url)}">Go on with your answers</a></p>`;
  const html = `<!doctype html><html lang="en"><body style="margin:0;padding:24px;background:#ffffff;color:#161b1c;font:16px/24px -apple-system,'Segoe UI',Roboto,Arial,sans-serif"><div style="max-width:480px">${link}${paragraphs}<p style="margin:0;color:#495356">${escapeHtml(office)}</p></div></body></html>`;
  return { to, subject: 'Go on with your answers', text, html };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
