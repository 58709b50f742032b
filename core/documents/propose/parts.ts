import type { FormIndex } from './find-forms.ts';
import { type FormMark, marksIn, pageOf } from './footers.ts';
import type { Form } from './forms-schema.ts';
import { footOf, headOf } from './places.ts';
import type { BundlePart } from './types.ts';
import { phraseText } from './words.ts';

interface PageMark {
  readonly form: Form | null;
  readonly page: number | null;
  readonly of: number | null;
}

/**
 * Where a bundle may be cut: a new part begins when the form at the foot changes, when its count of pages begins again,
 * or after its last page. Empty when the file is one paper. `pages` are the texts of the pages, page 1 first.
 */
export function suggestParts(pages: readonly string[], forms: FormIndex): readonly BundlePart[] {
  const parts: BundlePart[] = [];
  let before: PageMark = { form: null, page: null, of: null };
  pages.forEach((page, index) => {
    const mark = markOf(page, forms);
    const last = parts.at(-1);
    if (last === undefined || startsPart(mark, before, last.formId)) {
      parts.push(partOf(mark, index + 1));
      before = mark;
      return;
    }
    parts[parts.length - 1] = { ...last, toPage: index + 1 };
    before = { form: mark.form ?? before.form, page: mark.page ?? next(before), of: mark.of ?? before.of };
  });
  return parts.length > 1 && parts.some(({ formId }) => formId !== null) ? parts : [];
}

function startsPart(mark: PageMark, before: PageMark, formId: string | null): boolean {
  if (mark.form !== null && mark.form.id !== formId) return true;
  const isCountedOut = before.of !== null && before.page !== null && before.page >= before.of;
  if (isCountedOut) return true;
  return mark.page === 1 && before.page !== null;
}

function partOf(mark: PageMark, page: number): BundlePart {
  return { fromPage: page, toPage: page, formId: mark.form?.id ?? null, title: mark.form?.title ?? 'Other pages' };
}

function markOf(page: string, { byMark, byTitle }: FormIndex): PageMark {
  const foot = footOf(page);
  const marks: readonly (FormMark & { readonly form: Form })[] = marksIn(foot, byMark);
  const mark = marks.findLast((found) => found.page !== null) ?? marks.at(-1);
  if (mark !== undefined) return { form: mark.form, page: mark.page, of: mark.of };
  const counted = pageOf(foot);
  // a title counts only on what may be a first page
  if (counted.page !== null && counted.page > 1) return { form: null, ...counted };
  const head = phraseText(headOf(page));
  const first = head.trim().split(' ')[0] ?? '';
  const titled = (byTitle.get(first) ?? []).find(({ phrase }) => head.startsWith(` ${phrase} `));
  return { form: titled?.form ?? null, ...counted };
}

function next({ page }: PageMark): number | null {
  return page === null ? null : page + 1;
}
