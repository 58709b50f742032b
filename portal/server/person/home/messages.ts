import type { OwnMessage } from '../../../api/person-home.ts';
import { isClient } from '../deal-facts.ts';
import { type Eye, nameFor } from './eye.ts';
import { lineTitle, wantedOf } from './papers.ts';

/** The thread of this person with the team, oldest first. */
export function messagesOf(eye: Eye): OwnMessage[] {
  const { kept, person } = eye;
  return kept.deal.messages
    .filter(({ personId }) => personId === person.id)
    .toSorted((a, b) => (a.writtenAt === b.writtenAt ? 0 : a.writtenAt < b.writtenAt ? -1 : 1))
    .map(({ id, aboutType, aboutId, body, authorId, writtenAt }) => {
      const title = aboutTitleOf(eye, { aboutType, aboutId });
      // What they may not see is not named, not even by its id.
      const about = title === null || aboutType === 'deal' ? NO_MATTER : { aboutType, aboutId, aboutTitle: title };
      const isMine = authorId === person.id;
      return { id, ...about, body, isMine, authorName: nameFor(eye, authorId), writtenAt };
    });
}

const NO_MATTER = { aboutType: 'deal', aboutId: '', aboutTitle: '' } as const;

/** What a message is about, in this person's words; null for what is not there for them. */
export function aboutTitleOf(
  eye: Eye,
  { aboutType, aboutId }: Pick<OwnMessage, 'aboutType' | 'aboutId'>,
): string | null {
  const { view } = eye;
  switch (aboutType) {
    case 'deal':
      return '';
    case 'task': {
      const task = view.tasks.find(({ id }) => id === aboutId);
      return filled(isClient(eye.person.role) ? task?.clientTitle : task?.title);
    }
    case 'document':
      return documentTitle(eye, aboutId);
    case 'date': {
      const date = view.deadlines.find(({ id }) => id === aboutId);
      const anchor = view.anchors.find(({ name }) => name === aboutId);
      return filled(date?.title) ?? (anchor === undefined ? null : filled(eye.counted.anchorTitles.get(aboutId)));
    }
    case 'change':
      return filled(view.requests.find(({ id }) => id === aboutId)?.title);
  }
}

function documentTitle(eye: Eye, lineId: string): string | null {
  const { kept, view, person } = eye;
  const line = kept.deal.lines.find(({ id }) => id === lineId);
  if (line === undefined) return null;
  const versions = new Set(kept.deal.versions.filter((version) => version.lineId === lineId).map(({ id }) => id));
  const isSeen = view.documents.some(({ id, title }) => title !== undefined && versions.has(id ?? ''));
  const isWanted = wantedOf(eye).some((wanted) => wanted.lineId === lineId);
  return isSeen || isWanted ? filled(lineTitle(person.role, line)) : null;
}

function filled(title: string | undefined): string | null {
  return title === undefined || title === '' ? null : title;
}
