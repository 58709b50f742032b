/** Why a PDF could not be read, changed or written. The sentence says what a person can do about it. */
export type PdfRefusalType =
  | 'FileMissing'
  | 'FileTooLarge'
  | 'NotPdf'
  | 'Damaged'
  | 'PasswordNeeded'
  | 'PasswordWrong'
  | 'XfaForm'
  | 'NoPages'
  | 'TooManyPages'
  | 'PagesMissing'
  | 'NothingToDo'
  | 'Stopped'
  | 'NotWritten';

export interface PdfRefusal {
  readonly type: PdfRefusalType;
  readonly sentence: string;
  /** Which of several inputs, from 0; absent when no single input is the cause. */
  readonly input?: number;
}

/** What each editing function takes beside its arguments. */
export interface EditOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with pages done of pages known, or inputs done of inputs, as each function says. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export const MAX_BYTES = 1024 * 1024 * 1024;
export const MAX_PAGES = 20_000;

const SENTENCES: Readonly<Record<PdfRefusalType, (name: string) => string>> = {
  FileMissing: (name) => `${name} is not where it was. Put it back, or take it off the list.`,
  FileTooLarge: (name) => `${name} is larger than 1 GB. Ask for a smaller scan.`,
  NotPdf: (name) => `${name} is not a PDF. Save it as a PDF first.`,
  Damaged: (name) => `${name} is damaged and can't be read. Ask the sender for a new copy.`,
  PasswordNeeded: (name) => `${name} needs a password. Open it once with the password, then try again.`,
  PasswordWrong: (name) => `That password does not open ${name}. Ask the sender which one they used.`,
  XfaForm: (name) => `${name} is an old interactive form that only Adobe Acrobat shows. Print it to a PDF there first.`,
  NoPages: (name) => `${name} has no pages. Ask the sender for a new copy.`,
  TooManyPages: (name) => `${name} has more than 20,000 pages. Ask for it in parts.`,
  PagesMissing: (name) => `${name} does not have those pages. Choose pages that it has.`,
  NothingToDo: () => 'No pages are chosen. Choose at least one.',
  Stopped: () => 'Stopped. Nothing was changed.',
  NotWritten: () => 'The new file could not be written. Make room on the disk, or choose a folder you may write to.',
};

/** `name` is what a person calls the file; "This file" without one. */
export function refusal(type: PdfRefusalType, name?: string): PdfRefusal {
  return { type, sentence: SENTENCES[type](name === undefined || name === '' ? 'This file' : `"${name}"`) };
}
