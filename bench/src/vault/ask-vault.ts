// This run measures what a vault costs whoever asks it: how a connection stands, from memory and from SQLite, a token for
// a call, and the change of the key that everything is sealed with.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@hallpass/protocol';
import { createVault, keyFromText } from '@hallpass/vault';
import { nodeWorld } from '@hallpass/world';
import { fillVault, idOf } from '../../../packages/vault/test/filled-vault.ts';

export const VAULT_HEADING = '## A vault that is asked';

const CONNECTIONS = 20_000;

interface VaultMeasured {
  connections: number;
  /** Microseconds of processor time for each, and of the wall. */
  acts: { name: string; cpu: number; wall: number; aim?: number }[];
  /** Sealed anew in a second: of processor time, and of the wall. */
  resealed: { cpu: number; wall: number };
}

async function timed(name: string, times: number, act: (at: number) => Promise<unknown>, aim?: number) {
  const before = process.cpuUsage();
  const began = performance.now();
  for (let at = 0; at < times; at++) await act(at);
  const { user, system } = process.cpuUsage(before);
  const wall = ((performance.now() - began) * 1000) / times;
  return { name, cpu: (user + system) / times, wall, ...(aim !== undefined && { aim }) };
}

export async function measureVault(): Promise<VaultMeasured> {
  const directory = mkdtempSync(join(tmpdir(), 'hallpass-vault-'));
  const world = nodeWorld();
  const key = new Secret(Buffer.from(world.random.bytes(32)).toString('base64url'));
  const vault = await createVault({
    database: { kind: 'sqlite', file: join(directory, 'vault.db') },
    masterKey: keyFromText(key, { random: world.random, label: 'this run' }),
    world,
  });
  try {
    await fillVault(vault.parts, CONNECTIONS);
    const fromFile = (at: number): Promise<unknown> => {
      const id = idOf(at % CONNECTIONS);
      vault.parts.forget({ tenant: 'main', id });
      return vault.get(id);
    };
    // The first thousands are slower: the code is not compiled yet.
    await timed('', 5000, fromFile);
    await timed('', 50_000, () => vault.get(idOf(1)));
    const acts = [
      await timed('`get` from memory', 500_000, () => vault.get(idOf(1)), 3),
      await timed('`get` from SQLite', CONNECTIONS, fromFile, 40),
      await timed('`use` of a token', CONNECTIONS, (at) => vault.use(idOf(at % 500), () => 0)),
    ];
    let resealed = 0;
    const rotation = await timed('', 1, () =>
      vault.rotateKeys({ grace: 0, progress: (done) => void (resealed = done.resealed) }),
    );
    const rate = (microseconds: number): number => resealed / (microseconds / 1e6);
    return { connections: CONNECTIONS, acts, resealed: { cpu: rate(rotation.cpu), wall: rate(rotation.wall) } };
  } finally {
    await vault.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

export const vaultTable = ({ connections, acts, resealed }: VaultMeasured): string =>
  [
    `| with ${connections.toLocaleString('en')} connections | processor time | wall | aim |`,
    '|---|---|---|---|',
    ...acts.map(
      ({ name, cpu, wall, aim }) =>
        `| ${name} | ${cpu.toFixed(1)} µs | ${wall.toFixed(1)} µs | ${aim === undefined ? '' : `≤ ${aim} µs`} |`,
    ),
    `| tokens sealed anew with another key | ${resealed.cpu.toFixed(0)}/s | ${resealed.wall.toFixed(0)}/s | ≥ 2,000/s |`,
  ].join('\n');

/** Makes the part of the page. */
export const vaultPart = (measured: VaultMeasured, node: string): string => `${VAULT_HEADING}

Made by \`npm run bench -- --vault --write\` on Node ${node} with two shared cores, with a file on its disk. The processor time
is the mean of one act; the wall grows with whatever else the machine does.

${vaultTable(measured)}
`;
