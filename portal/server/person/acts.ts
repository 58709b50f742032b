import type { MessageAbout } from '../../../core/deals/model.ts';
import { filedAs } from '../../../core/documents/document-facts.ts';
import { err, ok } from '../../../core/result.ts';
import { changeActs } from './act-changes.ts';
import { formActs } from './act-forms.ts';
import { actHandler, NOT_HERE, type Ready, rowIdOf } from './acting.ts';
import { aboutTitleOf } from './home/messages.ts';
import type { PersonHandlers } from './types.ts';

const completeTask = actHandler('complete-task', ({ eye }, { taskId, isDone }) =>
  isDone
    ? ok({ name: 'completeTask', args: { taskId, on: eye.counted.today } })
    : ok({ name: 'reopenTask', args: { taskId } }),
);

/** The bytes that were read are those of the version, which never changes: another file is another version. */
const acknowledge = actHandler(
  'acknowledge',
  ({ eye, at }, { versionId }) => {
    const version = eye.kept.deal.versions.find(({ id }) => id === versionId);
    const isSeen = eye.view.documents.some(({ id }) => id === versionId);
    if (version === undefined || !isSeen) return err(NOT_HERE);
    return ok({ name: 'acknowledge', args: { versionId, sha256: version.sha256, at } });
  },
  { isFresh: true },
);

const writeMessage = actHandler('write-message', (ready, { aboutType, body, ...about }) => {
  const { eye, at } = ready;
  const aboutId = aboutIdOf(ready, { aboutType, aboutId: about.aboutId });
  if (aboutTitleOf(eye, { aboutType, aboutId }) === null) return err(NOT_HERE);
  const args = { messageId: rowIdOf(ready), personId: eye.person.id, aboutType, aboutId, body, at };
  return ok({ name: 'writeMessage', args });
});

/** A page knows papers that it shows by their version; a message is about the line, of which the next one is a part too. */
function aboutIdOf(
  { eye }: Ready,
  { aboutType, aboutId }: { readonly aboutType: MessageAbout; readonly aboutId: string },
) {
  if (aboutType === 'deal') return '';
  return aboutType === 'document' ? (filedAs(eye.kept.deal, aboutId)?.line.id ?? aboutId) : aboutId;
}

const proposePerson = actHandler('propose-person', (ready, { actId: _actId, ...words }) =>
  ok({ name: 'proposePerson', args: { ...words, proposalId: rowIdOf(ready), at: ready.at } }),
);

/** Lets somebody else read private figures, so it rests on a step as fresh as an approval does. */
const giveConsent = actHandler(
  'give-consent',
  (ready, { toId, covers }) =>
    ok({ name: 'giveConsent', args: { consentId: rowIdOf(ready), toId, covers, at: ready.at } }),
  { isFresh: true },
);

const withdrawConsent = actHandler('withdraw-consent', ({ at }, { consentId }) =>
  ok({ name: 'withdrawConsent', args: { consentId, at } }),
);

/** What people do on their deal: each is one command, by the rules that desktops follow. */
export const actHandlers = {
  'complete-task': completeTask,
  acknowledge,
  'write-message': writeMessage,
  'propose-person': proposePerson,
  'give-consent': giveConsent,
  'withdraw-consent': withdrawConsent,
  ...formActs,
  ...changeActs,
} satisfies PersonHandlers;
