import { useState } from 'react';
import { Icon } from './icon.tsx';

/**
 * Puts text on the clipboard; false when nothing was put there. Where the page may not ask for the clipboard (the
 * installed app grants no permission to any page), the selection is copied as a person would.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const before = document.activeElement;
  const place = before?.closest('[role="dialog"]') ?? document.body;
  const area = document.createElement('textarea');
  area.className = 'vh';
  area.value = text;
  place.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return isCopied;
}

/** Copies what stands beside it, and says that it did. */
export function CopyButton(props: { readonly text: string; readonly says: string; readonly isMain?: boolean }) {
  const [state, setState] = useState<'rest' | 'done' | 'failed'>('rest');
  return (
    <>
      <button
        type="button"
        className={props.isMain ? 'btn go' : 'btn'}
        onClick={async () => setState((await copyText(props.text)) ? 'done' : 'failed')}
      >
        {state === 'done' ? (
          <>
            <Icon name="check" /> Copied
          </>
        ) : (
          props.says
        )}
      </button>
      <span role="status" className={state === 'failed' ? 'meta' : 'vh'}>
        {state === 'done' ? 'Copied.' : state === 'failed' ? 'It could not be copied. Select it and copy it.' : ''}
      </span>
    </>
  );
}
