import type { PersonHome } from '../../api/person-home.ts';
import { changesDoor } from '../changes/door.ts';
import { closingDoor } from '../closing/door.ts';
import { Icon, type IconName } from '../icon.tsx';
import type { At } from '../inside/at.ts';
import { useDeal } from '../inside/deal.ts';
import type { Messages } from '../messages.ts';
import { peopleDoor } from '../people/door.ts';
import { sendingDoor } from '../upload/door.ts';
import { useWords } from '../words.ts';

interface Entry {
  readonly at: At;
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
}

/** A screen that home leads to; null for whoever has nothing there. */
type Door = (home: PersonHome, words: Messages) => Entry | null;

/** In the order in which they stand. */
const DOORS: readonly Door[] = [
  ({ documents }, { more }) => ({
    ...{ at: { screen: 'documents' }, icon: 'paper', title: more.papers },
    text: more.papersText(documents.length),
  }),
  ({ messages }, { more }) => ({
    ...{ at: { screen: 'messages' }, icon: 'message', title: more.messages },
    text: more.messagesText(messages.length),
  }),
  ({ tasks, tasksDone }, { more }) =>
    tasks.length + tasksDone === 0
      ? null
      : {
          ...{ at: { screen: 'tasks' }, icon: 'check', title: more.tasks },
          text: more.tasksText(tasks.length, tasksDone),
        },
  ({ forms }, { more }) =>
    forms.length === 0
      ? null
      : { ...{ at: { screen: 'forms' }, icon: 'edit', title: more.forms }, text: more.formsText(forms.length) },
  ({ sent }, { more }) =>
    sent.length === 0
      ? null
      : { ...{ at: { screen: 'sent' }, icon: 'sent', title: more.sent }, text: more.sentText(sent.length) },
  sendingDoor,
  changesDoor,
  closingDoor,
  peopleDoor,
];

/** The ways to everything else. */
export function More() {
  const words = useWords();
  const { home, go } = useDeal();
  const entries = DOORS.flatMap((door) => door(home, words) ?? []);
  return (
    <nav className="more" aria-labelledby="more">
      <h2 id="more">{words.more.title}</h2>
      <ul className="links">
        {entries.map(({ at, icon, title, text }) => (
          <li key={title}>
            <button type="button" className="row" onClick={() => go(at)}>
              <Icon name={icon} />
              <span>
                <b>{title}</b> <span className="sub">{text}</span>
              </span>
              <Icon name="right" tone="quiet" />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
