import { useState } from 'react';
import type { PersonHome, SharedDocument } from '../../api/person-calls.ts';
import { ask } from '../ask.ts';
import { firstName, plainDay } from '../format.ts';
import { Trouble } from '../frame.tsx';
import { Icon } from '../icon.tsx';
import { useDeal } from '../inside/deal.ts';
import { useWords } from '../words.ts';

export function Papers() {
  const { home, helper, leave } = useDeal();
  const { papers, problem } = useWords();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [started, setStarted] = useState('');
  const fetchOne = async (document: SharedDocument) => {
    if (document.versionId === null) return;
    setTrouble(null);
    setStarted('');
    const answer = await ask('document-ticket', { versionId: document.versionId });
    if (!answer.ok) {
      if (answer.problem.type === 'not-signed-in') return leave();
      return setTrouble(problem(answer.problem));
    }
    handOver(answer.value);
    setStarted(papers.started(document.title));
  };
  const isOff = !home.mayDownload && home.documents.length > 0;
  return (
    <section className="papers">
      <h2>{papers.title}</h2>
      {home.documents.length === 0 && <p className="t2">{papers.none}</p>}
      {isOff && <p className="t2">{helper === null ? papers.offNobody : papers.off(firstName(helper.name))}</p>}
      <ol>
        {home.documents.map((document) => (
          <li key={`${document.title} ${document.version ?? 0}`}>
            <Icon name="paper" />
            <div>
              <b>{document.title}</b>
              <Line document={document} home={home} />
            </div>
            {document.versionId !== null && !home.isPreview && (
              <button
                type="button"
                className="btn"
                aria-label={papers.downloadName(document.title)}
                onClick={() => void fetchOne(document)}
              >
                <Icon name="download" />
                {papers.download}
              </button>
            )}
          </li>
        ))}
      </ol>
      <Trouble text={trouble} />
      <p className="vh" role="status">
        {started}
      </p>
    </section>
  );
}

function Line({ document, home }: { readonly document: SharedDocument; readonly home: PersonHome }) {
  const { papers, locale } = useWords();
  const { isFullySigned, state, receivedOn, versionId } = document;
  const parts = [
    isFullySigned ? papers.signed : papers.states[state],
    receivedOn === null ? '' : papers.came(plainDay(receivedOn, home.today, locale)),
    versionId === null && home.mayDownload ? papers.keeps : '',
  ];
  const told = parts.filter((part) => part !== '').join(' ');
  return told === '' ? null : <p>{told}</p>;
}

/** As a form to the files' own address: the ticket then stands in no address, and the page stays where it is. */
function handOver({ url, ticket }: { readonly url: string; readonly ticket: string }): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  form.hidden = true;
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'ticket';
  field.value = ticket;
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
}
