import type { MessageAbout } from '../../../core/deals/model.ts';
import type { PersonHome } from '../../api/person-home.ts';

/** What somebody writes about, in the words in which they see it; null when it is not there for them. */
export function titleOfAbout(home: PersonHome, type: MessageAbout, id: string): string | null {
  switch (type) {
    case 'deal':
      return '';
    case 'task':
      return home.tasks.find((task) => task.id === id)?.title ?? null;
    case 'document':
      return (
        home.wanted.find(({ lineId }) => lineId === id)?.title ??
        home.toRead.find(({ versionId }) => versionId === id)?.title ??
        home.documents.find(({ versionId }) => versionId === id)?.title ??
        null
      );
    case 'date':
      return null;
    case 'change':
      return home.changes.find((change) => change.id === id)?.title ?? null;
  }
}
