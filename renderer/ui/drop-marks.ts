import type { DropPlace } from '../data/drops.ts';

/** A part of a screen that takes files; spread it on the element. */
export interface DropMarks {
  /** What would happen: "File on 1847 Marlowe Ave". */
  readonly 'data-drop': string;
  readonly 'data-drop-kind': 'card' | 'line' | 'page';
  readonly 'data-drop-deal'?: string | undefined;
  readonly 'data-drop-line'?: string | undefined;
  readonly 'data-drop-name'?: string | undefined;
}

export function dropMarks(kind: DropMarks['data-drop-kind'], says: string, place: DropPlace): DropMarks {
  return {
    'data-drop': says,
    'data-drop-kind': kind,
    'data-drop-deal': place.dealId,
    'data-drop-line': place.lineId,
    'data-drop-name': place.name,
  };
}
