import { readServer } from './read-server.ts';
import type { RealStage } from './schedule.ts';

/** How often each trouble struck. */
export type Strikes = Map<string, number>;

type Trouble = readonly [weight: number, name: string, strike: (stage: RealStage) => Promise<boolean> | boolean];

const one = ({ random, desktops }: RealStage) => random.pick(desktops);
const dealOf = ({ random }: RealStage) => random.pick(['deal-1', 'deal-2']);

/** What can go wrong beside the line itself. Each says whether it did anything. */
const TROUBLES: readonly Trouble[] = [
  [
    5,
    'desktop restarts',
    (stage) => {
      one(stage).crash();
      return true;
    },
  ],
  [
    3,
    'server restarts',
    async ({ server }) => {
      await server.restart();
      return true;
    },
  ],
  [
    2,
    'server away',
    ({ server }) => {
      server.isDown = true;
      return true;
    },
  ],
  [
    8,
    'server there',
    ({ server }) => {
      const was = server.isDown;
      server.isDown = false;
      return was;
    },
  ],
  [6, 'grant', (stage) => access(stage, 'm-lee', true)],
  [2, 'revoke', (stage) => access(stage, 'm-lee', false)],
  [1, 'take off', (stage) => access(stage, 'm-theo', false)],
  [1, 'put back', (stage) => access(stage, 'm-theo', true)],
  [
    2,
    'role',
    async (stage) => {
      if (await isGone(stage, 'm-theo')) return false;
      await stage.team.setRole('m-theo', stage.random.pick(['agent', 'tc', 'tc']));
      return true;
    },
  ],
  [
    3,
    'hear of rights',
    (stage) => {
      one(stage).hearOfRights();
      return true;
    },
  ],
  [2, 'revoke device', revokeDevice],
  [1, 'leave', leave],
  [1, 'come back', comeBack],
  [6, 'sign in', signIn],
  [
    2,
    'clock',
    (stage) => {
      one(stage).skew = stage.random.pick([-31_536_000_000, 3_600_000, 31_536_000_000, stage.random.int(1_000_000)]);
      return true;
    },
  ],
  [
    4,
    'back up desktop',
    (stage) => {
      const desktop = one(stage);
      desktop.backUp();
      stage.laws.backedUp(desktop);
      return true;
    },
  ],
  [4, 'restore desktop', restoreDesktop],
  [
    4,
    'back up server',
    ({ server, mayRestore }) => {
      if (mayRestore) server.backUp();
      return mayRestore;
    },
  ],
  [4, 'restore server', restoreServer],
];
const WEIGHED = TROUBLES.flatMap((trouble) => Array.from({ length: trouble[0] }, () => trouble));

export async function strike(stage: RealStage): Promise<void> {
  const [, name, run] = stage.random.pick(WEIGHED);
  if (await run(stage)) stage.strikes.set(name, (stage.strikes.get(name) ?? 0) + 1);
}

async function access(stage: RealStage, memberId: string, isOn: boolean): Promise<boolean> {
  const dealId = dealOf(stage);
  const there = await stage.server.store().read(async (read) => {
    const member = await read.members.get('main', memberId);
    const deal = await read.rows.get('main', dealId, 'deal', dealId);
    return member?.revokedAt === null && member.role === 'agent' && deal !== null && deal.row !== null;
  });
  if (there) await stage.team.setAccess(memberId, dealId, isOn);
  return there;
}

async function isGone({ server }: RealStage, memberId: string): Promise<boolean> {
  const member = await server.store().read((read) => read.members.get('main', memberId));
  return member === null || member.revokedAt !== null;
}

async function revokeDevice(stage: RealStage): Promise<boolean> {
  if (!stage.mayRevoke) return false;
  const { deviceId } = one(stage).keeper().state();
  const device = await stage.server.store().read((read) => read.devices.get('main', deviceId));
  if (device === null || device.revokedAt !== null) return false;
  await stage.team.revokeDevice(deviceId);
  return true;
}

async function leave(stage: RealStage): Promise<boolean> {
  const memberId = stage.random.pick(['m-lee', 'm-theo']);
  if (!stage.mayRevoke || (await isGone(stage, memberId))) return false;
  await stage.team.leave(memberId);
  return true;
}

async function comeBack(stage: RealStage): Promise<boolean> {
  const memberId = stage.random.pick(['m-lee', 'm-theo']);
  if (!(await isGone(stage, memberId))) return false;
  await stage.team.comeBack(memberId);
  return true;
}

async function signIn(stage: RealStage): Promise<boolean> {
  const outside = stage.desktops.filter(({ key }) => key === null);
  if (outside.length === 0 || stage.server.isDown) return false;
  const desktop = stage.random.pick(outside);
  const { memberId } = desktop.seat;
  if (await isGone(stage, memberId)) return false;
  const told = await stage.team.signIn(memberId, desktop.newId());
  // The answer is lost: the device is there, nobody has its key, and they ask for another.
  if (stage.random.chance(0.2)) return true;
  desktop.signIn(told);
  return true;
}

async function restoreDesktop(stage: RealStage): Promise<boolean> {
  const kept = stage.desktops.filter((desktop) => desktop.hasBackup());
  if (!stage.mayRestore || kept.length === 0) return false;
  const desktop = stage.random.pick(kept);
  stage.laws.told(desktop);
  desktop.restore();
  stage.laws.setBack(await readServer(stage.server.store()), desktop);
  return true;
}

async function restoreServer(stage: RealStage): Promise<boolean> {
  if (!stage.mayRestore || !(await stage.server.restore())) return false;
  stage.serverRestores += 1;
  stage.laws.setBack(await readServer(stage.server.store()), null);
  return true;
}
