import { composeTemplate, workflowOfTemplateId } from '../core/checklists/compose.ts';
import type { PackNames } from '../core/checklists/instantiate.ts';
import { parseTemplate, type Template, type TemplatePart } from '../core/checklists/template-schema.ts';
import { packAtRevision } from '../core/deadlines/pack.ts';
import { type Pack, parsePack } from '../core/deadlines/pack-schema.ts';
import { parseIntake, type Question } from '../core/deals/intake-schema.ts';
import { SCENARIOS, SIDES } from '../core/deals/model.ts';
import caCarRpa from './packs/ca-car-rpa.json' with { type: 'json' };
import coCbs from './packs/co-cbs.json' with { type: 'json' };
import flFarbarAsis from './packs/fl-farbar-asis.json' with { type: 'json' };
import generic from './packs/generic.json' with { type: 'json' };
import njBroker from './packs/nj-broker.json' with { type: 'json' };
import txTrec from './packs/tx-trec-1-4.json' with { type: 'json' };
import usTrid from './packs/us-trid.json' with { type: 'json' };
import waNwmls from './packs/wa-nwmls-21.json' with { type: 'json' };
import association from './templates/association.json' with { type: 'json' };
import authority from './templates/authority.json' with { type: 'json' };
import buyerIntake from './templates/buyer-intake.json' with { type: 'json' };
import contractToClose from './templates/contract-to-close.json' with { type: 'json' };
import disclosureGeneric from './templates/disclosure-generic.json' with { type: 'json' };
import facts from './templates/facts.json' with { type: 'json' };
import financing from './templates/financing.json' with { type: 'json' };
import foreignSeller from './templates/foreign-seller.json' with { type: 'json' };
import intake from './templates/intake.json' with { type: 'json' };
import investor from './templates/investor.json' with { type: 'json' };
import leadPaint from './templates/lead-paint.json' with { type: 'json' };
import leased from './templates/leased.json' with { type: 'json' };
import lenderPapers from './templates/lender-papers.json' with { type: 'json' };
import rentalOnboarding from './templates/rental-onboarding.json' with { type: 'json' };
import sellerOnboarding from './templates/seller-onboarding.json' with { type: 'json' };
import stateCa from './templates/state-ca.json' with { type: 'json' };
import stateCo from './templates/state-co.json' with { type: 'json' };
import stateFl from './templates/state-fl.json' with { type: 'json' };
import stateGeneric from './templates/state-generic.json' with { type: 'json' };
import stateNj from './templates/state-nj.json' with { type: 'json' };
import stateTx from './templates/state-tx.json' with { type: 'json' };
import stateWa from './templates/state-wa.json' with { type: 'json' };

/** As they lie there, not checked. */
export const PACK_FILES: readonly unknown[] = [
  caCarRpa,
  coCbs,
  flFarbarAsis,
  generic,
  njBroker,
  txTrec,
  usTrid,
  waNwmls,
];
export const TEMPLATE_FILES: readonly unknown[] = [
  association,
  authority,
  buyerIntake,
  contractToClose,
  disclosureGeneric,
  facts,
  financing,
  foreignSeller,
  investor,
  leadPaint,
  leased,
  lenderPapers,
  rentalOnboarding,
  sellerOnboarding,
  stateCa,
  stateCo,
  stateFl,
  stateGeneric,
  stateNj,
  stateTx,
  stateWa,
];

/** The packs and checklists that come with Closeboard, read and checked once, when first asked for. */
export interface Library {
  readonly pack: (packId: string) => Pack | null;
  /** The pack as a deal of that revision was built with it. */
  readonly packAt: (packId: string, revision: string) => Pack | null;
  readonly packNames: (packId: string, revision: string) => PackNames | null;
  readonly template: (id: string, version: number | null) => Template | null;
  /** The questions of the intake, for what a checklist reads. */
  readonly questions: () => readonly Question[];
  /** The newest revision of each form that is a contract, in force; the one for any other state among them. */
  readonly stateForms: () => readonly FormInForce[];
}

/** A form by its pack. `state` is two letters, or US for the one that stands in where a state has none. */
export interface FormInForce {
  readonly packId: string;
  readonly revision: string;
  readonly state: string;
}

interface FormFile {
  readonly id: string;
  readonly revision: string;
  readonly state: string;
}

export function createLibrary(): Library {
  const packs = new Map<string, Pack | null>();
  const templates = new Map<string, Template | null>();
  const names = new Map<string, PackNames | null>();
  const revised = new Map<string, Pack | null>();
  let parts: readonly TemplatePart[] | null = null;
  let questions: readonly Question[] | null = null;

  const pack = (packId: string) => {
    const file = PACK_FILES.find((json) => (json as { readonly id: string }).id === packId);
    return file === undefined ? null : remember(packs, packId, () => mustBe(parsePack(file)));
  };
  const template = (id: string) =>
    remember(templates, id, () => {
      parts ??= TEMPLATE_FILES.map((file) => mustBe(parseTemplate(file)));
      return composeById(parts, id);
    });
  return {
    pack,
    stateForms: () =>
      (PACK_FILES as readonly (FormFile & { readonly isOverlay: boolean })[]).flatMap(
        ({ id, revision, state, isOverlay }) => (isOverlay ? [] : [{ packId: id, revision, state }]),
      ),
    packAt: (packId, revision) =>
      remember(revised, `${packId} ${revision}`, () => {
        const found = pack(packId);
        const at = found === null ? null : packAtRevision(found, revision);
        return at?.ok ? at.value : null;
      }),
    packNames: (packId, revision) =>
      remember(names, `${packId} ${revision}`, () => packNamesOf(pack(packId), revision)),
    // Only the version in force comes with the program; a deal that was opened with another keeps its rows.
    template: (id, version) => {
      const found = template(id);
      return found === null || (version !== null && version !== found.version) ? null : found;
    },
    questions: () => {
      questions ??= mustBe(parseIntake(intake)).questions;
      return questions;
    },
  };
}

function packNamesOf(pack: Pack | null, revision: string): PackNames | null {
  if (pack === null || !pack.revisions.some((known) => known.id === revision)) return null;
  const deadlines = pack.deadlines.filter((each) => each.revisions === undefined || each.revisions.includes(revision));
  return {
    contractAnchor: pack.dayZero,
    names: new Set([...pack.anchors, ...deadlines].map((each) => each.id)),
  };
}

function composeById(parts: readonly TemplatePart[], id: string): Template | null {
  const [, scenario, side, state] = id.split('/');
  const workflow = workflowOfTemplateId(id);
  const knownScenario = SCENARIOS.find((each) => each === scenario);
  const knownSide = SIDES.find((each) => each === side);
  if (workflow === null || knownScenario === undefined || knownSide === undefined) return null;
  const composed = composeTemplate(parts, {
    workflow,
    scenario: knownScenario,
    side: knownSide,
    state: state ?? '',
  });
  return composed.ok ? composed.value : null;
}

function remember<V>(kept: Map<string, V>, key: string, make: () => V): V {
  const known = kept.get(key);
  if (known !== undefined || kept.has(key)) return known as V;
  const made = make();
  kept.set(key, made);
  return made;
}

/** A file that comes with the program and does not fit its schema is a defect of the program. */
function mustBe<T>(
  read: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!read.ok) throw new Error(`a resource does not fit its schema: ${JSON.stringify(read.error)}`);
  return read.value;
}
