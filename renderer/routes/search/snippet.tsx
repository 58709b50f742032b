import type { SearchHit } from '../../../electron/contract/papers.ts';

/** The words around what was found, with what was found marked. */
export function Snippet(props: { readonly of: SearchHit['snippet'] }) {
  return (
    <>
      {props.of.map((part, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches of one text, which are never reordered
        part.isMatch ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
      )}
    </>
  );
}
