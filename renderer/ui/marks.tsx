import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';

export type MarkState = 'late' | 'due' | 'blocked' | 'waiting' | 'review' | 'done' | 'none';

/** The silhouette of each state. `none` is something still open that asks nothing of anybody yet. */
const SHAPES: Record<MarkState, string> = {
  late: 'late',
  due: 'due',
  blocked: 'blocked',
  waiting: 'waiting',
  review: 'review',
  done: 'done',
  none: 'todo',
};

export function StateIcon(props: { readonly state: MarkState; readonly size?: 's' | 'l'; readonly shape?: string }) {
  return <Icon name={props.shape ?? SHAPES[props.state]} size={props.size} className={props.state} />;
}

/** Icon and word in the state's colour; the tinted box is only for where the row itself must act. */
export function Mark(props: {
  readonly state: MarkState;
  readonly isBoxed?: boolean;
  readonly shape?: string;
  readonly children: ReactNode;
}) {
  return (
    <span className={cx(props.isBoxed ? 'tag' : 'st', props.state)}>
      <Icon name={props.shape ?? SHAPES[props.state]} size={props.isBoxed ? 's' : undefined} />
      {props.children}
    </span>
  );
}

export type PlateKind = 'buy' | 'sell' | 'rent';

/** The house number as on the door. `says` is the side in words and is always part of what is read out. */
export function Plate(props: {
  readonly number: string;
  readonly kind: PlateKind;
  readonly says: string;
  readonly size?: 'm' | 'l';
}) {
  return (
    <span className={cx('plate', props.kind, props.size)} title={props.says}>
      {props.number}
      <span className="vh">, {props.says}, </span>
    </span>
  );
}

export function Avatar(props: { readonly name: string; readonly isMe?: boolean; readonly size?: 'm' }) {
  return (
    <span className={cx('av', props.isMe && 'me', props.size)} title={props.name} aria-hidden="true">
      {initialsOf(props.name)}
    </span>
  );
}

/** "Noor Haddad" -> "NH"; one name gives one letter. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters.map((word) => /\p{L}/u.exec(word ?? '')?.[0]?.toUpperCase() ?? '').join('') || '?';
}

export function Bar(props: { readonly done: number; readonly total: number }) {
  const share = props.total === 0 ? 0 : Math.round((props.done / props.total) * 100);
  return (
    <span className="bar" aria-hidden="true">
      <i style={{ width: `${share}%` }} />
    </span>
  );
}
