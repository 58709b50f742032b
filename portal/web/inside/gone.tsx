import { useWords } from '../words.ts';
import { useDeal } from './deal.ts';
import { Screen } from './screen.tsx';

/** A screen whose thing is not there any more: settled, replaced, or never this person's. */
export function Gone({ title, text }: { readonly title: string; readonly text: string }) {
  const { screen } = useWords();
  const { back } = useDeal();
  return (
    <Screen title={title}>
      <p>{text}</p>
      <button type="button" className="btn" onClick={back}>
        {screen.goBack}
      </button>
    </Screen>
  );
}
