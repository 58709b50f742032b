import { z } from 'zod';
import { type Id, type Member, SCENARIOS, type Scenario, SIDES, type Side } from '../deals/model.ts';

const OwnerRuleShape = z.strictObject({
  id: z.string().min(1),
  /** How the office calls it: "California goes to Noor". */
  title: z.string().min(3).max(120),
  /** Everything named must hold; nothing named holds always. */
  when: z.strictObject({
    states: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .min(1)
      .optional(),
    scenarios: z.array(z.enum(SCENARIOS)).min(1).optional(),
    sides: z.array(z.enum(SIDES)).min(1).optional(),
    agentIds: z.array(z.string().min(1)).min(1).optional(),
  }),
  /** Those who may get the deal; of several, whoever has the fewest open deals. */
  memberIds: z.array(z.string().min(1)).min(1),
});

/** The rules of a workspace, in order: the first that fits and has somebody free decides. */
export const OwnerRules = z.array(OwnerRuleShape);
export type OwnerRule = z.infer<typeof OwnerRuleShape>;

export interface NewDealFacts {
  readonly state: string;
  readonly scenario: Scenario;
  readonly side: Side;
  /** The agent who brought the deal, or null. */
  readonly agentId: Id | null;
}

/** How full a member's desk is, today. */
export interface Desk {
  readonly openDeals: number;
  /** When they were last given a deal, as an instant; empty when never. Breaks ties, so that equals take turns. */
  readonly lastGivenAt: string;
  readonly isAway: boolean;
}

export interface OwnerChoice {
  readonly ownerId: Id | null;
  readonly ruleId: string | null;
  /** Why it is them, or why nobody: a sentence for the deal's activity. */
  readonly why: string;
}

export interface AssignArgs {
  readonly rules: readonly OwnerRule[];
  readonly deal: NewDealFacts;
  readonly members: readonly Member[];
  readonly deskOf: (memberId: Id) => Desk;
}

/** The owner of a new deal by the office's rules. Agents never own a deal; members who are away or gone are passed over. */
export function assignOwner({ rules, deal, members, deskOf }: AssignArgs): OwnerChoice {
  const passed: string[] = [];
  for (const rule of rules) {
    if (!fits(rule, deal)) continue;
    const free = rule.memberIds.flatMap((id) => freeMember(id, members, deskOf));
    const chosen = [...free].sort(byLoad)[0];
    if (chosen !== undefined) return chosenBy(rule, chosen, { free, passed });
    passed.push(`Nobody of "${rule.title}" is free.`);
  }
  const why = passed.length > 0 ? passed.join(' ') : 'No rule fits this deal.';
  return { ownerId: null, ruleId: null, why: `${why} Choose an owner by hand.` };
}

interface Free {
  readonly member: Member;
  readonly desk: Desk;
}

function fits({ when }: OwnerRule, deal: NewDealFacts): boolean {
  return (
    (when.states?.includes(deal.state) ?? true) &&
    (when.scenarios?.includes(deal.scenario) ?? true) &&
    (when.sides?.includes(deal.side) ?? true) &&
    (when.agentIds === undefined || (deal.agentId !== null && when.agentIds.includes(deal.agentId)))
  );
}

function freeMember(id: Id, members: readonly Member[], deskOf: AssignArgs['deskOf']): readonly Free[] {
  const member = members.find((one) => one.id === id && one.role !== 'agent');
  if (member === undefined) return [];
  const desk = deskOf(id);
  return desk.isAway ? [] : [{ member, desk }];
}

function byLoad(left: Free, right: Free): number {
  if (left.desk.openDeals !== right.desk.openDeals) return left.desk.openDeals - right.desk.openDeals;
  if (left.desk.lastGivenAt !== right.desk.lastGivenAt) return left.desk.lastGivenAt < right.desk.lastGivenAt ? -1 : 1;
  return left.member.id < right.member.id ? -1 : 1;
}

function chosenBy(
  rule: OwnerRule,
  chosen: Free,
  { free, passed }: { free: readonly Free[]; passed: readonly string[] },
): OwnerChoice {
  const { member, desk } = chosen;
  const deals = desk.openDeals === 1 ? '1 open deal' : `${desk.openDeals} open deals`;
  const isTie = free.some((other) => other !== chosen && other.desk.openDeals === desk.openDeals);
  const compared =
    free.length === 1
      ? `${member.name} takes it.`
      : isTie
        ? `${member.name} takes it: nobody has fewer than ${deals}, and it is their turn.`
        : `${member.name} takes it: ${deals}, the fewest of ${free.length}.`;
  return {
    ownerId: member.id,
    ruleId: rule.id,
    why: [...passed, `By the rule "${rule.title}", ${compared}`].join(' '),
  };
}
