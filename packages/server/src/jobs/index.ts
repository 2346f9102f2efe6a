// What runs by itself. Timers belong to the clock, so a moved clock runs every tick it passes.
import { HOUR } from '@hallpass/protocol';
import type { Installation } from '../liveness/installation.ts';
import { purge } from './purge.ts';

export interface Jobs {
  stop(): void;
}

export function startJobs(installation: Installation): Jobs {
  const { clock, log } = installation.world;
  const purging = clock.every(HOUR, async () => {
    try {
      await purge(installation);
    } catch (error) {
      log('warn', 'job.purge.failed', { error: error instanceof Error ? error.message : String(error) });
    }
  });
  return { stop: () => purging.cancel() };
}
