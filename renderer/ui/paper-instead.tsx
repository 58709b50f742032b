import type { Kind, ViewerState } from '../viewer/messages.ts';
import { Waiting } from './calm.tsx';
import { Icon } from './icon.tsx';
import { PasswordForm } from './paper-parts.tsx';

const FAILED: Readonly<Record<Extract<ViewerState, { kind: 'failed' }>['why'], Readonly<Record<Kind, string>>>> = {
  damaged: {
    pdf: 'Could not open this PDF: it is damaged, or it is something else under that name. It is kept as it came.',
    image:
      'Could not open this picture: it is damaged, or it is something else under that name. It is kept as it came.',
    text: 'Could not read this text. It is kept as it came.',
  },
  'not-readable': {
    pdf: 'Could not open this PDF: its bytes could not be read from this computer. Choose it again to try once more.',
    image:
      'Could not open this picture: its bytes could not be read from this computer. Choose it again to try once more.',
    text: 'Could not open this text: its bytes could not be read from this computer. Choose it again to try once more.',
  },
  'too-large': {
    pdf: 'Could not open this PDF: it is too large to show here. Save a copy and open it in another program.',
    image: 'Could not open this picture: it is too large to show here. Save a copy and open it in another program.',
    text: 'Could not open this text: it is too large to show here. Save a copy and open it in another program.',
  },
  'not-drawn': {
    pdf: 'Could not open this PDF: it took too long. It is kept as it came. Save a copy and open it in another program.',
    image: 'Could not open this picture: it took too long. It is kept as it came. Save a copy to look at it elsewhere.',
    text: 'Could not open this text: it took too long. It is kept as it came. Save a copy to look at it elsewhere.',
  },
};

/** What stands where the pages would be: that it opens, the question for a password, or why there is nothing. */
export function Instead(props: {
  readonly state: ViewerState;
  readonly kind: Kind;
  readonly onPassword: (password: string) => void;
}) {
  const { state } = props;
  if (state.kind === 'opening') return <Waiting says="Opening" />;
  if (state.kind === 'needs-password') return <PasswordForm isWrong={state.isWrong} onPassword={props.onPassword} />;
  if (state.kind === 'open') return null;
  return (
    <>
      <Icon name="file" size="l" />
      <p role="alert">
        {state.kind === 'empty' ? 'This file is empty. It has no pages.' : FAILED[state.why][props.kind]}
      </p>
    </>
  );
}
