import { useState } from 'react';
import type { SecondStep } from '../../api/values.ts';
import { ask } from '../ask.ts';
import { Frame, Trouble } from '../frame.tsx';
import { useWords } from '../words.ts';

interface LandingProps {
  readonly token: string;
  readonly onOpened: (second: SecondStep) => void;
  readonly onDead: () => void;
}

/** Nothing of the deal is known here, and nothing happens until a person presses the button. */
export function Landing({ token, onOpened, onDead }: LandingProps) {
  const { landing, problem, workingOnIt } = useWords();
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const open = async () => {
    setIsBusy(true);
    setTrouble(null);
    const answer = await ask('open', { token });
    if (answer.ok) return onOpened(answer.value);
    if (answer.problem.type === 'not-available') return onDead();
    setTrouble(problem(answer.problem));
    setIsBusy(false);
  };
  return (
    <Frame title={landing.title}>
      <p>{landing.text}</p>
      <button type="button" className="btn go" onClick={() => void open()} disabled={isBusy}>
        {isBusy ? workingOnIt : landing.open}
      </button>
      <Trouble text={trouble} />
      <p className="quiet">{landing.next}</p>
    </Frame>
  );
}
