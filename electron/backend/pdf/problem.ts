/**
 * Why a PDF gave no answer. `sentence` is for the person.
 *
 * `TookTooLong`, `TooMuchMemory`, `WorkerGone` and `Cancelled` come from the worker around a task; the others from the
 * task itself. Tasks that change PDFs add types of their own, hence the open `type`.
 */
export interface PdfProblem {
  readonly type: PdfProblemType | (string & {});
  readonly sentence: string;
  /** Of a task with several inputs: which one it is about, from 0. */
  readonly input?: number;
}

export type PdfProblemType =
  | 'NotFound'
  | 'TooLarge'
  | 'NotPdf'
  | 'Password'
  | 'WrongPassword'
  | 'Damaged'
  | 'Empty'
  | 'NoSuchPage'
  | 'NotWritten'
  | 'TookTooLong'
  | 'TooMuchMemory'
  | 'WorkerGone'
  | 'Cancelled'
  | 'Defect';

const SENTENCES: Readonly<Record<PdfProblemType, string>> = {
  NotFound: 'This file is not there any more, or may not be read. Add it again.',
  TooLarge: 'This PDF is too large to look into. It is kept as it came.',
  NotPdf: 'This is not a PDF, although its name says so. Ask for the document again.',
  Password: 'This PDF asks for a password.',
  WrongPassword: 'That password does not open this PDF.',
  Damaged: 'This PDF is damaged and no page of it could be read. Ask for it again.',
  Empty: 'This PDF has no pages. Ask for it again.',
  NoSuchPage: 'This PDF has no such page.',
  NotWritten: 'The new PDF could not be written. Make room on the disk, then try again.',
  TookTooLong: 'This PDF took too long to read. It is kept as it came.',
  TooMuchMemory: 'This PDF needs more memory than this computer can give it. It is kept as it came.',
  WorkerGone: 'Reading this PDF stopped in the middle. It is kept as it came. Try once more.',
  Cancelled: 'Stopped. Nothing has changed.',
  Defect: 'This PDF could not be worked on. It is kept as it came.',
};

export function pdfProblem(type: PdfProblemType): PdfProblem {
  return { type, sentence: SENTENCES[type] };
}
