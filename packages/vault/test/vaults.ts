// Vaults for tests: on each database, with a clock and a wall that stand still until they are moved.
import { randomBytes } from 'node:crypto';
import { describe } from 'node:test';
import { Secret } from '@hallpass/protocol';
import { createVault, keyFromText, type MasterKeySource, type Vault, type VaultOptions } from '@hallpass/vault';
import type { BaseWorld } from '@hallpass/world';
import { type Place, places } from '../../db/test/databases.ts';
import { TestWall } from '../../db/test/test-wall.ts';
import { TestClock } from '../../server/test/test-clock.ts';

interface TestWorld extends BaseWorld {
  clock: TestClock;
  wall: TestWall;
  /** Every line of the log so far. */
  lines: string[];
}

export function testWorld(over: Partial<BaseWorld> = {}): TestWorld {
  const lines: string[] = [];
  return {
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    parallelism: 1,
    log: (level, message, facts) => void lines.push(JSON.stringify({ level, message, ...facts })),
    ...over,
    clock: new TestClock(),
    wall: new TestWall(),
    lines,
  };
}

/** A master key for tests, the same for one name. */
export function testKey(world: Pick<BaseWorld, 'random'>, name = 'k'): MasterKeySource {
  const text = Buffer.alloc(32, name).toString('base64url');
  return keyFromText(new Secret(text), { random: world.random, label: 'this test' });
}

interface OpenVault {
  vault: Vault;
  world: TestWorld;
}

/** Opens a vault at a place, with a world of its own unless one is given. */
export async function openVault(
  place: Place,
  { world = testWorld(), ...options }: Partial<Omit<VaultOptions, 'database'>> & { world?: TestWorld } = {},
): Promise<OpenVault> {
  const { wall: _wall, ...database } = place.options();
  const vault = await createVault({ database, masterKey: testKey(world), world, ...options });
  return { vault, world };
}

/** The databases that suites of the vault run on. */
const kinds = { SQLite: places['SQLite in a file'], PostgreSQL: places['PostgreSQL'] };

/** Runs a suite on each database; `open` gives an empty place, which is removed after the suite. */
export function onEachDatabase(title: string, suite: (newPlace: () => Place) => void): void {
  for (const [name, newPlace] of Object.entries(kinds)) {
    if (newPlace === undefined) throw new Error(`There is no place for ${name}.`);
    describe(`${title} (${name})`, () => suite(newPlace));
  }
}
