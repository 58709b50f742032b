import { useState } from 'react';
import type { IntakeLinkView } from '../../../electron/contract/leads.ts';
import { asCallError } from '../../data/api.ts';
import { INTAKE_LINKS, useIntakeLinks } from '../../data/leads.ts';
import { useToday } from '../../data/queries.ts';
import { refusalOf, useAskPortal } from '../../data/sync.ts';
import { AskDialog } from '../../ui/ask.tsx';
import { Waiting } from '../../ui/calm.tsx';
import { Mark } from '../../ui/marks.tsx';
import { IntakeLinkDialog } from './intake-link-dialog.tsx';
import styles from './leads.module.css';
import { forWhom, INTAKE_FACES, madeWords, untilWords, usedWords } from './words.ts';

/** Links for people who have no deal yet: what each is now, who came by it, and a new one. */
export function IntakeLinks() {
  const [isMaking, setMaking] = useState(false);
  const told = useIntakeLinks();
  const isShared = told.data?.kind === 'ok' ? told.data.value.isShared : true;
  return (
    <>
      <p className="t2">
        A page with questions for somebody who wants to buy, sell or rent. Their answers come in as a deal in the first
        stage, and you take it, merge it or decline it.
      </p>
      <p>
        <button type="button" className="btn" onClick={() => setMaking(true)}>
          Make an intake link…
        </button>
      </p>
      <List told={told} />
      {isMaking && <IntakeLinkDialog isShared={isShared} onClose={() => setMaking(false)} />}
    </>
  );
}

function List(props: { readonly told: ReturnType<typeof useIntakeLinks> }) {
  const { told } = props;
  const [areAllShown, setAllShown] = useState(false);
  if (told.isError) return <NoList sentence={asCallError(told.error).message} onAgain={() => void told.refetch()} />;
  if (told.data === undefined) return <Waiting says="Asking which links there are" />;
  if (told.data.kind === 'no') {
    const sentence =
      told.data.type === 'offline'
        ? 'Links are kept and made by the portal, and it does not answer now. They work all the same.'
        : told.data.sentence;
    return <NoList sentence={sentence} onAgain={() => void told.refetch()} />;
  }
  const { links } = told.data.value;
  if (links.length === 0) return <p className="t3">No link was made yet.</p>;
  const open = links.filter(({ state }) => state === 'open');
  const over = links.filter(({ state }) => state !== 'open');
  return (
    <>
      <ol className={styles.links} aria-label="Intake links">
        {[...open, ...(areAllShown ? over : [])].map((link) => (
          <li key={link.id}>
            <OneLink link={link} />
          </li>
        ))}
      </ol>
      {over.length > 0 && !areAllShown && (
        <p>
          <button type="button" className="btn link" onClick={() => setAllShown(true)}>
            Show {over.length === 1 ? 'the one that is' : `the ${over.length} that are`} over
          </button>
        </p>
      )}
    </>
  );
}

function NoList(props: { readonly sentence: string; readonly onAgain: () => void }) {
  return (
    <>
      <p role="status">{props.sentence}</p>
      <p>
        <button type="button" className="btn" onClick={props.onAgain}>
          Try again
        </button>
      </p>
    </>
  );
}

function OneLink(props: { readonly link: IntakeLinkView }) {
  const { link } = props;
  const today = useToday();
  const ask = useAskPortal();
  const [isAsking, setAsking] = useState(false);
  const face = INTAKE_FACES[link.state];
  return (
    <>
      <p className={styles.linkHead}>
        <Mark state={face.state} shape={face.shape}>
          {face.says}
        </Mark>
        <b dir="auto">{forWhom(link)}</b>
        {link.state === 'open' && (
          <button
            type="button"
            className="btn sm push"
            aria-label={`Revoke now: ${forWhom(link)}`}
            onClick={() => setAsking(true)}
          >
            Revoke now
          </button>
        )}
      </p>
      <p className="meta">
        {[untilWords(link, today), usedWords(link, today), madeWords(link, today)].filter(Boolean).join(' ')}
      </p>
      {isAsking && (
        <AskDialog
          title="Revoke this intake link?"
          lead={<p className="meta">{forWhom(link)}</p>}
          says={
            link.answering > 0
              ? 'It stops working at once, and whoever is answering now cannot go on. What was sent stays.'
              : 'It stops working at once. What was sent by it stays. You can make a new one.'
          }
          verb="Revoke it now"
          leave="Keep the link"
          onLeave={() => setAsking(false)}
          onAnswer={() => refusalOf(ask('leads:revoke-link', { linkId: link.id }, [INTAKE_LINKS]))}
        />
      )}
    </>
  );
}
