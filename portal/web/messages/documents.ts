import type { SentPaper } from '../../api/person-home.ts';

/** Words of what somebody sent. */
export const sent = {
  title: 'What you have sent us',
  none: 'Nothing yet. What you send from this page is listed here, with what became of it.',
  states: {
    waiting: 'It is here and being read.',
    approved: 'It is in order.',
    rejected: 'It could not be used.',
    replaced: 'A newer one has taken its place.',
  } satisfies Record<SentPaper['state'], string>,
  because: (reason: string) => `Your coordinator says: “${reason}”`,
  when: (when: string, version: number) =>
    version > 1 ? `Sent on ${when}, as version ${version}.` : `Sent on ${when}.`,
};
