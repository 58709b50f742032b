import type { Id, Instant, Side } from '../../core/deals/model.ts';
import type { SearchKind } from './entries.ts';
import type { SnippetPart } from './snippet.ts';

export interface Found {
  readonly kind: SearchKind;
  /** The id of the deal, person, note or version. */
  readonly refId: Id;
  readonly dealId: Id;
  /** The line that a document belongs to. */
  readonly lineId: Id | null;
  /** A deal's address, a person's name, a note's first words, the name of a document's line. */
  readonly title: string;
  /** Plate, street and side of the deal it belongs to. */
  readonly plate: string;
  readonly streetName: string;
  readonly side: Side;
  readonly isActive: boolean;
  /** A deal's town and clients, a person's company and e-mail, a document's file name. */
  readonly detail: string;
  /** Where the words stand in its text; empty when they are in its title, or the text may not be shown. */
  readonly snippet: readonly SnippetPart[];
  /** When it came: opened, written, received. */
  readonly at: Instant;
}

/** How an entry was found, best first. */
export const STAGES = ['begins', 'title', 'text'] as const;
export type Stage = (typeof STAGES)[number];

/** An entry that holds the words, before its rows are read. */
export interface Hit {
  readonly id: number;
  readonly kind: SearchKind;
  readonly refId: Id;
  readonly dealId: Id;
  readonly stage: Stage;
  readonly plate: string;
  readonly streetName: string;
  readonly side: Side;
  readonly isActive: boolean;
}
