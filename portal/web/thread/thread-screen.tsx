import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { MessageAbout } from '../../../core/deals/model.ts';
import type { OwnMessage, PersonHome } from '../../api/person-home.ts';
import { dialled, firstName, momentOf } from '../format.ts';
import { Trouble } from '../frame.tsx';
import { ActLine } from '../inside/act-line.tsx';
import { useAct, useDeal } from '../inside/deal.ts';
import { dropDraft, keepDraft, readDraft } from '../inside/drafts.ts';
import { Screen } from '../inside/screen.tsx';
import type { ScreenProps } from '../inside/screens.ts';
import { useWords } from '../words.ts';
import { titleOfAbout } from './about.ts';

/** The thread with the team. `at.also` and `at.id`: what a new message is about, and its id. */
export function ThreadScreen({ at }: ScreenProps) {
  const { thread } = useWords();
  const { home, helper } = useDeal();
  const [about, setAbout] = useState<About>(() => aboutOf(at, home));
  return (
    <Screen title={helper === null ? thread.titleNobody : thread.title(firstName(helper.name))} lead={thread.lead}>
      {home.messages.length === 0 ? <p className="t2">{thread.none}</p> : <Messages messages={home.messages} />}
      {!home.isPreview && <Write key={`${about.type} ${about.id}`} about={about} onAbout={setAbout} />}
      {helper !== null && helper.phone !== '' && (
        <p className="t2">
          {thread.urgent}{' '}
          <a className="plain" href={`tel:${dialled(helper.phone)}`}>
            {thread.call(helper.name, helper.phone)}
          </a>
        </p>
      )}
    </Screen>
  );
}

interface About {
  readonly type: MessageAbout;
  readonly id: string;
  readonly title: string;
}

const NOTHING: About = { type: 'deal', id: '', title: '' };
const TYPES: readonly string[] = ['task', 'document', 'date', 'change'];

function aboutOf({ id = '', also = '' }: ScreenProps['at'], home: PersonHome): About {
  if (!TYPES.includes(also)) return NOTHING;
  const type = also as MessageAbout;
  const title = titleOfAbout(home, type, id);
  return title === null ? NOTHING : { type, id, title };
}

function Messages({ messages }: { readonly messages: readonly OwnMessage[] }) {
  const { thread, locale } = useWords();
  const last = useRef<HTMLLIElement>(null);
  const newest = messages.at(-1)?.id;
  // The newest is what somebody came for; older ones lie above it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is the reason to look.
  useEffect(() => {
    last.current?.scrollIntoView({ block: 'nearest' });
  }, [newest]);
  return (
    <ol className="thread" aria-label={thread.list}>
      {messages.map((message) => (
        <li key={message.id} ref={message.id === newest ? last : null} className={message.isMine ? 'mine' : ''}>
          <p className="who">
            <b>{message.isMine ? thread.you : message.authorName}</b>{' '}
            <time dateTime={message.writtenAt}>{momentOf(message.writtenAt, new Date(), locale)}</time>
          </p>
          {message.aboutTitle !== '' && <p className="matter">{thread.about(message.aboutTitle)}</p>}
          <p className="body">{message.body}</p>
        </li>
      ))}
    </ol>
  );
}

interface WriteProps {
  readonly about: About;
  readonly onAbout: (about: About) => void;
}

const LONGEST = 4_000;

function Write({ about, onAbout }: WriteProps) {
  const { thread } = useWords();
  const { helper, home } = useDeal();
  const name = `message ${home.pageId} ${about.type} ${about.id}`;
  const kept = readDraft(name);
  const [body, setBody] = useState(typeof kept === 'string' ? kept : '');
  const [trouble, setTrouble] = useState<string | null>(null);
  const act = useAct('write-message', `${about.type} ${about.id}`, name);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const type = (text: string) => {
    setBody(text);
    setTrouble(null);
    if (text === '') dropDraft(name);
    else keepDraft(name, text);
  };
  const isDone = act.state.at === 'done';
  const wasDone = useRef(false);
  useEffect(() => {
    if (isDone && !wasDone.current) {
      dropDraft(name);
      setBody('');
      field.current?.focus({ preventScroll: true });
    }
    wasDone.current = isDone;
  }, [isDone, name]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (body.trim() === '') {
      field.current?.focus();
      return setTrouble(thread.empty);
    }
    void act.run({ aboutType: about.type, aboutId: about.id, body: body.trim() });
  };
  return (
    <form className="write" onSubmit={send} noValidate>
      {about.type !== 'deal' && (
        <p className="matter">
          {thread.about(about.title)}{' '}
          <button type="button" className="plain" onClick={() => onAbout(NOTHING)}>
            {thread.aboutAll}
          </button>
        </p>
      )}
      <label htmlFor={id}>{helper === null ? thread.labelNobody : thread.label(firstName(helper.name))}</label>
      <textarea
        id={id}
        ref={field}
        className="field"
        rows={4}
        maxLength={LONGEST}
        value={body}
        readOnly={act.isBusy}
        aria-describedby={`${id}-hint`}
        onChange={(event) => type(event.target.value)}
      />
      <p id={`${id}-hint`} className="quiet">
        {thread.hint}
      </p>
      <button type="submit" className="btn go" disabled={act.isBusy}>
        {thread.send}
      </button>
      <Trouble text={trouble} />
      <ActLine act={act} done={thread.sent} />
    </form>
  );
}
