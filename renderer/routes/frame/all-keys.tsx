import { Dialog } from '../../ui/dialog.tsx';
import { KeyLine } from '../../ui/keys.tsx';
import styles from './all-keys.module.css';

const GROUPS: readonly { readonly title: string; readonly keys: readonly (readonly [readonly string[], string])[] }[] =
  [
    {
      title: 'Everywhere',
      keys: [
        [['Mod K', '/'], 'find or do'],
        [['N'], 'new deal'],
        [['B'], 'board'],
        [['T'], 'today'],
        [['I'], 'inbox'],
        [['G'], 'what needs attention'],
        [['Y'], 'the connection, and what waits'],
        [['Mod Z'], 'undo, step by step'],
        [['Esc'], 'back out'],
        [['?'], 'all keys'],
      ],
    },
    {
      title: 'Board',
      keys: [
        [['J', 'K'], 'next and previous card'],
        [['←', '→'], 'stage beside'],
        [['Enter'], 'open the deal'],
        [['M'], 'move to a stage: ← → choose, Enter drops, Esc puts it back'],
        [['F'], 'filters'],
      ],
    },
    {
      title: 'Deal',
      keys: [
        [['1', '…', '9'], 'tabs, overview to activity'],
        [['J', 'K'], 'next and previous line'],
        [['W'], 'why this date'],
        [['M'], 'move to the next stage'],
        [['A'], 'add a task, a person or a note'],
        [['Enter'], 'change the day or the person'],
      ],
    },
    {
      title: 'Documents of a deal',
      keys: [
        [['J', 'K'], 'next and previous document'],
        [['V'], 'view the file'],
        [['F'], 'file here'],
        [['R'], 'request again'],
        [['X'], 'not needed, with a reason'],
        [['Q'], 'ask somebody for a document'],
        [['A'], 'add a document'],
        [['P'], 'closing packet'],
      ],
    },
    {
      title: 'Changes of a deal',
      keys: [
        [['J', 'K'], 'next and previous request'],
        [['A'], 'ask for a change'],
        [['Enter'], 'the next step'],
        [['V'], 'see what would move'],
        [['E'], 'put it into effect'],
        [['S'], 'send it to the other side'],
        [['D', 'X'], 'decline, withdraw'],
        [['W'], 'write down an answer'],
      ],
    },
    {
      title: 'Messages of a deal',
      keys: [
        [['J', 'K'], 'next and previous person'],
        [['R'], 'write'],
        [['Mod Enter'], 'send'],
        [['X'], 'needs no answer'],
      ],
    },
    {
      title: 'A file that is shown',
      keys: [
        [['←', '→'], 'page before and after'],
        [['Mod F'], 'find in it'],
        [['Mod +', 'Mod -'], 'larger and smaller'],
        [['Mod 0'], 'fit the width'],
      ],
    },
    {
      title: 'Inbox',
      keys: [
        [['J', 'K'], 'next and previous file'],
        [['Enter'], 'file it where it is proposed'],
        [['C'], 'change day, signatures, what comes after'],
        [['D'], 'another deal'],
        [['L'], 'another document'],
        [['X'], 'not ours, or set aside'],
        [['S'], 'split a bundle'],
        [['R'], 'beside the version before'],
        [['Space'], 'full preview, and back'],
        [['U'], 'undo the last'],
        [['Shift ↓', 'Mod Space'], 'choose several photos'],
      ],
    },
    {
      title: 'Review queue',
      keys: [
        [['A'], 'approve'],
        [['R'], 'send back, with a reason'],
        [['W'], 'not needed, with a reason'],
        [['J', 'K'], 'skip, and back'],
        [['V'], 'beside the version before'],
        [['Space'], 'full preview, and back'],
        [['O'], 'open the deal'],
      ],
    },
    {
      title: 'Needs attention',
      keys: [
        [['J', 'K'], 'next and previous'],
        [['1', '2'], 'keep mine, keep theirs'],
        [['3'], 'write a third'],
        [['R'], 'do it again, or restore the words'],
        [['X'], 'put it away'],
        [['O'], 'open the deal'],
      ],
    },
    {
      title: 'People and access of a deal',
      keys: [
        [['J', 'K'], 'next and previous person'],
        [['V'], 'who sees what, and back to the people'],
        [['L'], 'make a link'],
        [['S'], 'see the portal as this person'],
        [['Enter'], 'change the person'],
        [['A'], 'add a person'],
      ],
    },
    {
      title: 'Activity of a deal',
      keys: [
        [['J', 'K'], 'next and previous'],
        [['U'], 'take it back'],
        [['F'], 'filters'],
        [['E'], 'export with the trail'],
      ],
    },
    {
      title: 'Today and tasks',
      keys: [
        [['J', 'K'], 'next and previous'],
        [['Enter'], 'mark done, or reopen'],
        [['S'], 'later: change the due day'],
        [['H'], 'hand over'],
        [['X'], 'not needed, with a reason'],
        [['O'], 'open the deal, from Today'],
      ],
    },
  ];

export function AllKeys(props: { readonly onClose: () => void }) {
  return (
    <Dialog title="All keys" width="wide" onClose={props.onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys in a low window */}
      <section className={styles.groups} aria-label="Keys" tabIndex={0}>
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h2>{group.title}</h2>
            <dl>
              {group.keys.map(([keys, does]) => (
                <KeyLine key={does} keys={keys}>
                  {does}
                </KeyLine>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  );
}
