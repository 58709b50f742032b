import { useCallback, useEffect, useState } from 'react';
import type { IntakeOutput, IntakePlace } from '../../api/intake-calls.ts';
import { Icon } from '../icon.tsx';
import { askIntake } from './ask-intake.ts';
import { End, Opening } from './ends.tsx';
import { Frame, Wrong } from './frame.tsx';
import type { IntakeToken } from './token.ts';
import { useSending } from './use-sending.ts';
import { useIntakeWords } from './words.ts';

interface InProps {
  readonly token: IntakeToken;
  readonly onIn: (place: IntakePlace) => void;
  readonly onDead: () => void;
}

/** The coordinator's link: who asks and what for. Nothing begins until a person presses the button. */
export function Welcome({ token, onIn, onDead }: InProps) {
  const words = useIntakeWords();
  const { welcome } = words;
  const [who, setWho] = useState<IntakeOutput<'look'> | 'opening' | 'away'>('opening');
  const look = useCallback(async () => {
    setWho('opening');
    const told = await askIntake('look', { token: token.token });
    if (told.ok) setWho(told.value);
    else if (told.problem.type === 'not-available') onDead();
    else setWho('away');
  }, [token, onDead]);
  useEffect(() => void look(), [look]);
  if (who === 'opening') return <Opening />;
  if (who === 'away')
    return (
      <End at="away">
        <button type="button" className="btn go" onClick={() => void look()}>
          {words.tryAgain}
        </button>
      </End>
    );
  return (
    <Frame title={welcome.title} office={who.office}>
      <p>{welcome.who(who.askedBy, who.office)}</p>
      <p>{welcome.what}</p>
      <ul className="hand">
        {welcome.points.map((point) => (
          <li key={point}>
            <Icon name="check" />
            <span>{point}</span>
          </li>
        ))}
      </ul>
      <OpenButton
        name="open"
        token={token}
        onIn={onIn}
        onDead={onDead}
        says={who.hasBegun ? welcome.goOn : welcome.begin}
      />
      <p className="quiet">{welcome.unknown}</p>
    </Frame>
  );
}

/** The way back to answers that were begun on another device. */
export function Resume(props: InProps) {
  const { resume } = useIntakeWords();
  return (
    <Frame title={resume.title}>
      <p>{resume.text}</p>
      <OpenButton {...props} name="resume" says={resume.go} />
    </Frame>
  );
}

function OpenButton({
  name,
  token,
  onIn,
  onDead,
  says,
}: InProps & { readonly name: 'open' | 'resume'; readonly says: string }) {
  const { workingOnIt } = useIntakeWords();
  const opening = useSending<IntakePlace>({ onDone: onIn, onOver: onDead });
  return (
    <>
      <button
        type="button"
        className="btn go"
        disabled={opening.isBusy}
        onClick={() => void opening.start(() => askIntake(name, { token: token.token }))}
      >
        {opening.isBusy ? workingOnIt : says}
      </button>
      <Wrong id="wrong" text={opening.trouble} />
    </>
  );
}
