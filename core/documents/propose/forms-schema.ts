import { z } from 'zod';
import { err, ok, type Result } from '../../result.ts';
import { DOCUMENT_CLASSES } from '../document.ts';

/** Whose way of printing a form's code at the foot of the page. */
const FORM_FAMILIES = ['car', 'trec', 'farbar', 'co', 'nwmls', 'none'] as const;
export type FormFamily = (typeof FORM_FAMILIES)[number];

const Slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower case words with hyphens');
/** Folded words, as `phraseText` writes them. */
const Phrase = z.string().regex(/^[a-z0-9]+( [a-z0-9]+)*$/, 'lower case words between single spaces');

const FormShape = z.strictObject({
  id: Slug,
  title: z.string().trim().min(3).max(120),
  family: z.enum(FORM_FAMILIES),
  /** Null: any state. */
  state: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  /** The rule pack that is this form: only then is its revision compared with the deal's. */
  packId: Slug.optional(),
  /** What the foot of the page carries without the revision: RPA, 20, OP-H, 22A. */
  codes: z.array(z.string().min(1).max(16)).default([]),
  /** What the head of the first page says. */
  titles: z.array(Phrase).default([]),
  /** What people call it in file names and mails. */
  names: z.array(Phrase).default([]),
  /** Short codes in capitals that stand for it in a file name. */
  nameCodes: z.array(z.string().regex(/^[A-Z0-9-]{2,8}$/)).default([]),
  /** `templateDocumentId` of the checklist lines that it answers, best first. */
  lines: z.array(Slug).default([]),
  /** Nothing in the form says which of its lines it is: all of them fit alike. */
  isTied: z.boolean().default(false),
  /** The lines that it answers first while only one side has signed. */
  draftLines: z.array(Slug).default([]),
  /** Words in the title of a line that the office wrote itself. */
  lineWords: z.array(Phrase).default([]),
  class: z.enum(DOCUMENT_CLASSES),
  /** A key of domain.md, `domain` for a line of it without one, `public` for common knowledge of the trade. */
  source: z.string().min(2).max(120),
});

export type Form = z.infer<typeof FormShape>;

const Forms = z.array(FormShape).superRefine((forms, context) => {
  const ids = new Set<string>();
  const codes = new Set<string>();
  for (const form of forms) {
    if (ids.has(form.id)) context.addIssue({ code: 'custom', message: `two forms are called ${form.id}` });
    ids.add(form.id);
    if (form.codes.length > 0 && form.family === 'none')
      context.addIssue({ code: 'custom', message: `${form.id} has codes that no family reads` });
    for (const code of form.codes) {
      const key = `${form.family} ${code}`;
      if (codes.has(key)) context.addIssue({ code: 'custom', message: `two forms have the code ${key}` });
      codes.add(key);
    }
  }
});

export interface FormsProblem {
  readonly type: 'BadForms';
  readonly sentence: string;
  readonly problems: readonly string[];
}

/** The forms of resources/forms/forms.json, or what is wrong with them. */
export function parseForms(data: unknown): Result<readonly Form[], FormsProblem> {
  const read = Forms.safeParse(data);
  if (read.success) return ok(read.data);
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return err({ type: 'BadForms', sentence: 'The list of forms cannot be read. Install the app again.', problems });
}
