// What runs by itself. Timers belong to the clock, so a moved clock runs every tick it passes.
import { HOUR } from '@hallpass/protocol';
import type { Installation } from '../liveness/installation.ts';
import { Delivering } from './deliver.ts';
import { purge } from './purge.ts';

export interface Jobs {
  /** Begins nothing new; what is being sent comes to its end. */
  stop(): Promise<void>;
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
  const delivering = installation.world.outbound ? new Delivering(installation) : undefined;
  return {
    async stop() {
      purging.cancel();
      await delivering?.stop();
    },
  };
}
