import type { PdfProblem } from './problem.ts';
export interface EditTasks {
  readonly unlock: { readonly input: { path: string; password: string; outputPath: string }; readonly output: null };
}
export type _X = PdfProblem;
