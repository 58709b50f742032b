/** What the reading side of the PDF worker answers. Plain data: it crosses a thread. */

/**
 * `ok`: opened as it is. `repaired`: opened only after its table of contents was rebuilt; every page is there.
 * `damaged`: some pages, or all, can't be read. `xfa`: a form that only Adobe Reader shows.
 */
export type PdfState = 'ok' | 'repaired' | 'password' | 'damaged' | 'empty' | 'xfa' | 'too-large' | 'not-pdf';

/** A page's size in points (1/72 inch) as it is shown, after its own rotation. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export interface PdfInfo {
  readonly state: PdfState;
  /** For the person; null when nothing is off. */
  readonly sentence: string | null;
  readonly bytes: number;
  /** Pages the document says it has; 0 when it could not be opened. */
  readonly pages: number;
  /** Pages that can be opened, of `pages`. */
  readonly readablePages: number;
  readonly isEncrypted: boolean;
  readonly needsPassword: boolean;
  /** A password was given and does not open it. */
  readonly isWrongPassword: boolean;
  readonly isDamaged: boolean;
  /** The whole document is an XFA form. A form that carries XFA beside ordinary pages is not. */
  readonly isXfa: boolean;
  readonly hasForm: boolean;
  readonly hasSignature: boolean;
  readonly title: string | null;
  readonly producer: string | null;
  /** PlainDate `YYYY-MM-DD`, as the document says. */
  readonly createdOn: string | null;
  /** Of the first pages, at most 20. */
  readonly pageSizes: readonly PageSize[];
}

/** The edge lines of a page as it is shown, from top to bottom: what tells one form from another. */
export interface PageEdges {
  /** From 1. */
  readonly page: number;
  readonly first: readonly string[];
  readonly last: readonly string[];
}

export interface PdfText {
  /** Text of each page in order, lines parted by `\n`; `''` for a page without text or one that can't be read. */
  readonly pages: readonly string[];
  /** Pages of the document; more than `pages.length` when the text was cut. */
  readonly pageCount: number;
  /** False for a scan. */
  readonly hasText: boolean;
  /** The text went over its cap and ends early. */
  readonly isCut: boolean;
  /** Numbers (from 1) of pages that can't be read. */
  readonly unreadable: readonly number[];
  /** Of the first 3 pages. */
  readonly footers: readonly PageEdges[];
  /** For the person; null when nothing is off. */
  readonly sentence: string | null;
}

/** In PDF units (points, origin at the lower left of the unrotated page). */
export interface PdfBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PdfFind {
  /** One list of boxes for each place where the needle stands: a needle that runs over a line has more than one. */
  readonly matches: readonly (readonly PdfBox[])[];
  /** The visible part of the page in the same units: lower left and upper right corner. */
  readonly view: readonly [number, number, number, number];
  /** 0, 90, 180 or 270 degrees clockwise. */
  readonly rotation: number;
}

export interface PdfPageImage {
  readonly png: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface FindInput {
  /** From 1. */
  readonly page: number;
  readonly needle: string;
}

export interface PageImageInput {
  /** From 1. */
  readonly page: number;
  /** Pixels; at most 2,000. */
  readonly widthPx: number;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}
