import type { Desktop } from './desktop.ts';
import type { Disk } from './disk.ts';
import type { Stage } from './scene.ts';
import { memberOf, type State } from './server-state.ts';
import { enrol, revokeKey, setAccess, setMember } from './server-team.ts';

/** Everything that can go wrong, struck by chance. */

/** A person types a new code. The answer may be lost; then the device is there, nobody has its key, and they ask for another. */
export function signInAgain({ world, server, laws }: Stage, desktop: Desktop): void {
  const deviceId = desktop.newId();
  const key = enrol(server, desktop.memberId, deviceId);
  if (!world.isQuiet && world.random.chance(0.2)) return;
  laws.signedIn();
  desktop.signIn(key, deviceId);
}

interface Trouble {
  readonly weight: number;
  readonly strike: () => void;
}

export function everyTrouble(stage: Stage, troubles: readonly Trouble[]): void {
  const { world } = stage;
  world.after(world.random.between(30, 400), () => {
    if (world.isQuiet) return;
    world.random.pick(troubles).strike();
    everyTrouble(stage, troubles);
  });
}

export function createTroubles(stage: Stage): readonly Trouble[] {
  const { world, server, desktops } = stage;
  const { random } = world;
  const disks: { readonly desktop: Desktop; readonly disk: Disk }[] = [];
  const stores: State[] = [];
  const mayRestore = random.chance(0.4);
  const mayRevoke = random.chance(0.4);
  const one = () => random.pick(desktops);
  const unit = () => random.pick(['deal-1', 'deal-2']);
  const told = (what: string, then: () => void) => () => {
    world.trace(what);
    then();
  };
  const crash = () => {
    const desktop = one();
    desktop.crash();
    world.after(random.between(5, 600), desktop.start);
  };
  const offline = () => {
    const desktop = one();
    desktop.isOnline = false;
    world.after(random.between(100, 2500), () => {
      desktop.isOnline = true;
    });
  };
  const down = () => {
    server.isDown = true;
    world.after(random.between(5, 500), () => {
      server.isDown = false;
    });
  };
  const keepDisk = () => {
    const desktop = one();
    disks.push({ desktop, disk: desktop.disk });
  };
  const restoreDisk = () => {
    if (!mayRestore || disks.length === 0) return;
    const { desktop, disk } = random.pick(disks);
    desktop.restore(disk, random.chance(0.5));
    stage.laws.setBack();
  };
  const restoreStore = () => {
    if (!mayRestore || stores.length === 0) return;
    server.restore(random.pick(stores));
    stage.laws.setBack();
  };
  // Taken off by mistake, and put back: what was under way meanwhile comes late.
  const blink = () => {
    const [memberId, unitId] = [random.pick(['m-lee', 'm-theo']), unit()];
    setAccess(server, memberId, unitId, false);
    world.after(random.between(20, 400), () => setAccess(server, memberId, unitId, true));
  };
  const revoke = () => {
    const { key } = one();
    if (key === null || !mayRevoke) return;
    revokeKey(server, key);
    stage.laws.revoked(key);
  };
  const leave = () => {
    const memberId = random.pick(['m-lee', 'm-theo']);
    if (!mayRevoke || memberOf(server.state, memberId)?.isGone !== false) return;
    setMember(server, memberId, { isGone: true });
    for (const [key, held] of server.state.keys) if (held.memberId === memberId) stage.laws.revoked(key);
    if (random.chance(0.7))
      world.after(random.between(100, 2000), () => setMember(server, memberId, { isGone: false }));
  };
  const signIn = () => {
    const desktop = one();
    if (desktop.key === null && !server.isDown && memberOf(server.state, desktop.memberId)?.isGone === false)
      signInAgain(stage, desktop);
  };
  const skew = () => {
    one().skew = random.pick([-31_536_000_000, 3_600_000, 31_536_000_000, random.int(1_000_000)]);
  };
  const weighed: readonly Trouble[] = [
    { weight: 4, strike: told('crash', crash) },
    { weight: 5, strike: told('offline', offline) },
    { weight: 2, strike: told('down', down) },
    { weight: 3, strike: told('grant', () => setAccess(server, 'm-lee', unit(), true)) },
    { weight: 2, strike: told('revoke', () => setAccess(server, 'm-lee', unit(), false)) },
    { weight: 1, strike: told('take off', () => setAccess(server, 'm-theo', unit(), false)) },
    { weight: 1, strike: told('put back', () => setAccess(server, 'm-theo', unit(), true)) },
    {
      weight: 1,
      strike: told('role', () => setMember(server, 'm-theo', { role: random.pick(['agent', 'tc', 'tc']) })),
    },
    { weight: 4, strike: told('blink', blink) },
    { weight: 2, strike: told('revoke device', revoke) },
    { weight: 1, strike: told('leave', leave) },
    { weight: 3, strike: told('sign in', signIn) },
    { weight: 2, strike: told('clock', skew) },
    { weight: 2, strike: told('keep disk', keepDisk) },
    { weight: 1, strike: told('restore disk', restoreDisk) },
    { weight: 2, strike: told('keep store', () => stores.push(server.state)) },
    { weight: 1, strike: told('restore store', restoreStore) },
  ];
  return weighed.flatMap((trouble) => Array.from({ length: trouble.weight }, () => trouble));
}
