import { z } from 'zod';
import { instantiateTemplate } from '../checklists/instantiate.ts';
import { type Deal, type LineRow, PARTY_ROLES, STAGES } from '../deals/model.ts';
import { DOCUMENT_CLASSES } from '../documents/document.ts';
import { mayChangeDeal } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, isSame, remove, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { idTaken } from './refusals.ts';
import { IdArg, Line, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { onLine, titleOfLine } from './version-rules.ts';
import { quote } from './words.ts';

/** What a person says of a line of the document checklist. */
export const NewLine = z.strictObject({
  lineId: IdArg,
  title: Line,
  clientTitle: OptionalLine,
  stage: z.enum(STAGES),
  ownerRole: z.enum(PARTY_ROLES),
  class: z.enum(DOCUMENT_CLASSES),
  isRequired: z.boolean(),
});
export type NewLineArgs = z.infer<typeof NewLine>;

/** The commands on the lines of the document checklist; what is filed on them is in document-commands.ts. */
export const lineCommands = {
  addLine: defineCommand({
    args: NewLine,
    mayRun: mayChangeDeal,
    decide: (scope, args) => addLine(scope, args),
    label: ({ title }) => `Added the document “${quote(title)}”`,
  }),

  editLine: defineCommand({
    args: z.strictObject({
      lineId: IdArg,
      title: Line.optional(),
      clientTitle: OptionalLine.optional(),
      stage: z.enum(STAGES).optional(),
      ownerRole: z.enum(PARTY_ROLES).optional(),
      class: z.enum(DOCUMENT_CLASSES).optional(),
      isRequired: z.boolean().optional(),
    }),
    mayRun: mayChangeDeal,
    decide: (scope, { lineId, ...wanted }) => onLine(scope, lineId, (line) => ok(update('line', line, wanted))),
    label: ({ lineId }, _changes, scope) => `Changed the document ${titleOfLine(scope, lineId)}`,
  }),

  removeLine: defineCommand({
    args: z.strictObject({ lineId: IdArg }),
    mayRun: mayChangeDeal,
    decide: (scope, { lineId }) =>
      onLine(scope, lineId, (line, deal) => {
        if (deal.versions.some((version) => version.lineId === lineId)) return err(hasFiles);
        if (line.isLegal) return err(isLegal);
        return ok([remove('line', line)]);
      }),
    label: ({ lineId }, _changes, scope) => `Removed the document ${titleOfLine(scope, lineId)}`,
  }),

  addChecklistLines: defineCommand({
    args: z.strictObject({}),
    mayRun: mayChangeDeal,
    decide: (scope) => addChecklistLines(scope),
    label: (_args, changes) => `Added ${changes.length} documents of the checklist`,
  }),
};

const hasFiles: Refusal = {
  type: 'LineHasFiles',
  message: 'Files are filed here. Move them to another document first; then this one can go.',
};

const isLegal: Refusal = {
  type: 'LineIsLegal',
  message: 'The law asks for this document, so it stays on the list. Mark it as not needed, with the reason.',
};

/** The changes that add one line by hand, last in the list. The same line again is nothing. */
export function addLine(
  { deal, dealId }: Scope,
  { lineId, ...words }: NewLineArgs,
): Result<readonly Change[], Refusal> {
  const lines = (deal as Deal).lines;
  const there = lines.find((line) => line.id === lineId);
  const position = Math.max(0, ...lines.map((line) => line.position)) + 1;
  const row: LineRow = {
    ...words,
    id: lineId,
    dealId,
    templateDocumentId: null,
    condition: '',
    isLegal: false,
    position,
    state: 'requested',
    reason: '',
  };
  if (there === undefined) return ok([insert('line', row)]);
  return isSame({ ...there, position }, row) ? ok([]) : err(idTaken('document'));
}

/** The lines of the deal's own template that are not there: for deals opened before documents had lines. */
function addChecklistLines(scope: Scope): Result<readonly Change[], Refusal> {
  const { row, lines } = scope.deal as Deal;
  const template = scope.workspace.template(row.templateId, row.templateVersion);
  const pack = scope.workspace.packNames(row.packId, row.packRevision);
  if (template === null || pack === null)
    return err({
      type: 'NoTemplate',
      message:
        'This computer does not hold the checklist that this deal began with. Update Closeboard, then try again.',
    });
  const ids = (name: string) => `${row.id}.${name}`;
  const { documents } = instantiateTemplate({ template, pack, dealId: row.id, facts: row.facts, ids });
  const missing = documents.filter((line) => !lines.some((there) => there.id === line.id));
  return ok(missing.map((line) => insert('line', line)));
}
