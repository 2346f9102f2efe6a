// Opens a fleet: its emulator world, and a vault on any database whose protocol time is the world's.
import { type Emulator, fetchIn } from '@hallpass/emulator';
import { keyFromText, type Vault } from '@hallpass/vault';
import { Secret } from '@hallpass/protocol';
import { type Log, nodeWorld } from '@hallpass/world';
import type { Place } from '../../../db/test/databases.ts';
import { createVault } from '../../src/vault.ts';
import { Canaries } from './canaries.ts';
import { Chance } from './chance.ts';
import { Fleet } from './fleet.ts';
import { type FleetSize, openWorld, START } from './world.ts';

/** Real time that passes as fast as the world's: leases and the patience of servers end with the days. */
export const wallOf = (now: () => number): ReturnType<typeof nodeWorld>['wall'] => {
  const { wall } = nodeWorld();
  return { ...wall, now, ms: () => wall.ms() + (now() - START) * 1000 };
};

export const masterKey = Buffer.alloc(32, 'fleet').toString('base64url');

interface OpenFleet {
  fleet: Fleet;
  vault: Vault;
  emulator: Emulator;
  lines: string[];
  close(): Promise<void>;
}

export async function openFleet(place: Place, size: FleetSize, seed: number): Promise<OpenFleet> {
  const canaries = new Canaries();
  const emulator = await openWorld(size, (body) => canaries.addTokensIn(body));
  const lines: string[] = [];
  const log: Log = (level, message, facts) => void lines.push(JSON.stringify({ level, message, ...facts }));
  const { wall: _wall, ...database } = place.options();
  const world = { ...nodeWorld(), clock: emulator.clock, wall: wallOf(() => emulator.clock.now()), log };
  const source = keyFromText(new Secret(masterKey), { random: world.random, label: 'the fleet' });
  const vault = await createVault({ database, masterKey: source, world, fetch: fetchIn(emulator) });
  const fleet = new Fleet({ emulator, parts: vault.parts, canaries }, size, new Chance(seed));
  return {
    fleet,
    vault,
    emulator,
    lines,
    async close() {
      await vault.close();
      await emulator.close();
    },
  };
}
