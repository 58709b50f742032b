import type { Run } from './fold-text.ts';
import type { Size, Turn } from './layout.ts';

/** A file that can be shown in pages, which count from 0 here. */
export interface Source {
  readonly pages: number;
  /** At 100 %, unturned. Rejects for a page that cannot be read. */
  size(page: number): Promise<Size>;
  /** Draws the page; rejects with an AbortError after `signal`. */
  draw(page: number, wanted: Drawing): Promise<void>;
  /** The words of the page in reading order; the same runs as `layText` lays. */
  runs(page: number): Promise<readonly Run[]>;
  /** Lays selectable text over the page; gives the element of each run, null for one that is not shown. */
  layText(page: number, wanted: TextLaying): Promise<readonly (Node | null)[]>;
  /** Lets go of what is kept of a page. */
  forget(page: number): void;
}

export interface Drawing {
  readonly canvas: HTMLCanvasElement;
  /** Device pixels for one pixel at 100 %. */
  readonly scale: number;
  readonly turn: Turn;
  readonly signal: AbortSignal;
}

export interface TextLaying {
  readonly container: HTMLElement;
  readonly scale: number;
  readonly turn: Turn;
  readonly signal: AbortSignal;
}

/** Why a file is not shown. */
export class NotShown extends Error {
  readonly why: 'damaged' | 'not-readable' | 'too-large' | 'empty';
  constructor(why: NotShown['why']) {
    super(why);
    this.why = why;
  }
}

/** The bytes of the one file of this frame. */
export interface FileBytes {
  readonly size: number;
  readonly first: Uint8Array<ArrayBuffer>;
  /** All of them, from `from` up to and without `to`; rejects with `NotShown`. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}
