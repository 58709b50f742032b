import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { cx } from './cx.ts';

/** What the modifier key is called on this computer: "Ctrl", or the command sign on a Mac. */
export const ModifierName = createContext('Ctrl');

/** One key, or several that are pressed one for the other. "Mod K" becomes "Ctrl K". */
export function Kbd(props: { readonly children: string }) {
  const modifier = useContext(ModifierName);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a kbd takes no focus; the name of a button is its verb, not its key
  return <kbd aria-hidden="true">{props.children.replace('Mod', modifier)}</kbd>;
}

export interface KeyHint {
  readonly keys: readonly string[];
  readonly does: string;
  readonly isLast?: boolean;
}

/** The line of keys at the foot of each screen. */
export function KeyBar(props: { readonly hints: readonly KeyHint[] }) {
  return (
    <footer className="keys">
      {props.hints.map((hint) => (
        <span key={hint.does} className={cx(hint.isLast && 'push')}>
          {hint.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}{' '}
          {hint.does}
        </span>
      ))}
    </footer>
  );
}

export type KeyHandler = (event: KeyboardEvent) => void;
/** "j", "Enter", "mod+k", "?". Letters match whatever case they come in. */
export type KeyMap = Readonly<Record<string, KeyHandler>>;

/**
 * Keys of a screen. They rest while a person types, and while a dialog or popover is open, which has keys of its own;
 * combinations with the modifier also work from a field.
 */
export function useKeys(map: KeyMap, isOn = true): void {
  const latest = useRef(map);
  latest.current = map;
  useEffect(() => {
    if (!isOn) return;
    function hear(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.altKey || event.isComposing || isOverlayOpen()) return;
      const name = keyName(event);
      const handler = latest.current[name];
      if (handler === undefined || mayNotTake(event, name)) return;
      event.preventDefault();
      handler(event);
    }
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [isOn]);
}

export function keyName(event: { key: string; ctrlKey: boolean; metaKey: boolean }): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

export function isOverlayOpen(): boolean {
  return document.querySelector('[data-overlay]') !== null;
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

function mayNotTake(event: KeyboardEvent, name: string): boolean {
  if (isTyping(event.target)) return !name.startsWith('mod+') || name === 'mod+z';
  // Enter and Space belong to whatever button or link has the focus.
  const isPress = name === 'Enter' || name === ' ';
  return isPress && event.target instanceof Element && event.target.closest('button, a, summary') !== null;
}

export function KeyLine(props: { readonly keys: readonly string[]; readonly children: ReactNode }) {
  return (
    <>
      <dt>
        {props.keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dt>
      <dd>{props.children}</dd>
    </>
  );
}
