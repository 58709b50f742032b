import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import styles from './inbox.module.css';
import { GROUP_TITLES, type GroupId, type InboxRow } from './order.ts';

export type Line =
  | { readonly kind: 'head'; readonly id: string; readonly group: GroupId; readonly count: number }
  | { readonly kind: 'row'; readonly id: string; readonly row: InboxRow; readonly index: number };

export function isUndoable({ item, group }: InboxRow): boolean {
  return group === 'alone' && item.canUndo && item.state === 'filed';
}

const HEAD_ICONS: Partial<Record<GroupId, string>> = { held: 'held', alone: 'done', refused: 'blocked' };

/** What stands over a group: for the eye; the rows say it themselves. */
export function GroupHead(props: { readonly group: GroupId; readonly count: number; readonly children: ReactNode }) {
  const icon = HEAD_ICONS[props.group];
  return (
    <div className={styles.groupLine}>
      {icon !== undefined && <Icon name={icon} size="s" />}
      <span aria-hidden="true">
        {GROUP_TITLES[props.group]} <span className={styles.count}>{props.count}</span>
      </span>
      {props.children}
    </div>
  );
}

/** Rows with a head before each group. */
export function linesOf(rows: readonly InboxRow[]): readonly Line[] {
  const lines: Line[] = [];
  let group: GroupId | null = null;
  rows.forEach((row, index) => {
    if (row.group !== group) {
      group = row.group;
      const count = rows.filter((other) => other.group === row.group).length;
      lines.push({ kind: 'head', id: `group:${group}`, group, count });
    }
    lines.push({ kind: 'row', id: row.item.id, row, index });
  });
  return lines;
}
