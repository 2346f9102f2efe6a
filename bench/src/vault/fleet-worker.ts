// One worker of the fleet's year, a process of its own: it sweeps when its parent names a moment, and may be killed at any.
import { appendFileSync } from 'node:fs';
import { Secret } from '@hallpass/protocol';
import { createVault, keyFromText } from '@hallpass/vault';
import { nodeWorld } from '@hallpass/world';
import { Chance } from '../../../packages/vault/test/fleet/chance.ts';
import { faultyFetch } from '../../../packages/vault/test/fleet/faults.ts';
import { masterKey, wallOf } from '../../../packages/vault/test/fleet/open-fleet.ts';

export interface WorkerOptions {
  url: string;
  schema: string;
  name: string;
  seed: number;
  /** The part of all calls that fail. */
  faults: number;
  logFile: string;
}

const options = JSON.parse(process.argv[2] ?? '') as WorkerOptions;
const outside = nodeWorld();
let moment = 0;
const now = (): number => moment;
const timer = { cancel: () => undefined };
const chance = new Chance(options.seed);
const vault = await createVault({
  database: { kind: 'postgres', url: options.url, schema: options.schema },
  masterKey: keyFromText(new Secret(masterKey), { random: outside.random, label: 'the fleet' }),
  world: {
    ...outside,
    clock: { now, every: () => timer, at: () => timer },
    wall: wallOf(now),
    log: (level, message, facts) =>
      appendFileSync(options.logFile, `${JSON.stringify({ level, message, ...facts })}\n`),
  },
  fetch: faultyFetch((url, init) => fetch(url, init), chance, options.faults),
});
const sweeper = vault.sweeper({ worker: options.name, lanes: 2 });

process.on('message', (message: { sweep: number }) => {
  moment = message.sweep;
  void sweeper.sweep().then(
    (counts) => process.send?.({ counts }),
    // The database may be away for a moment: the next sweep takes what is left.
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
