// This run tells whether a check costs more when more grants are alive.
import { setTimeout } from 'node:timers/promises';
import type { Measured } from './child.ts';
import { get, load } from './load.ts';

export interface Grown {
  grants: number;
  /** Microseconds of processor time per call. */
  cpu: number;
  rss: number;
}

export async function growth(subject: Measured): Promise<Grown[]> {
  const out: Grown[] = [];
  for (const grants of [1000, 10_000, 100_000, 1_000_000]) {
    process.stderr.write(`${grants} live grants …\n`);
    const { tokens } = (await subject.ask('crowd', { count: grants })) as unknown as { tokens: string[] };
    const requests = tokens.map((token) => get(`/v25.0/me?fields=id,name&access_token=${token}`));
    // The disk is still busy with what was written: that is not what is measured.
    await setTimeout(8000);
    await load({ port: subject.port, connections: 32, requests, milliseconds: 2000 });
    const costs: number[] = [];
    for (let round = 0; round < 3; round++) {
      const before = (await subject.ask('cpu')).cpu;
      const { calls } = await load({ port: subject.port, connections: 32, requests, milliseconds: 2000 });
      costs.push(((await subject.ask('cpu')).cpu - before) / calls);
    }
    out.push({ grants, cpu: costs.sort((a, b) => a - b)[1] as number, rss: (await subject.ask('gc')).rss });
  }
  return out;
}
