// What runs by itself. Timers belong to the clock, so a moved clock runs every tick it passes.
import { DAY, HOUR } from '@hallpass/protocol';
import type { Installation } from '../liveness/installation.ts';
import { FEED_KEPT } from '../liveness/freshness.ts';
import { purge } from './purge.ts';

export interface Jobs {
  stop(): void;
}

export function startJobs(installation: Installation): Jobs {
  const { clock, log } = installation.world;
  const purging = clock.every(HOUR, async () => {
    try {
      await purge(installation, { singleUse: DAY, interactions: DAY, deviceCodes: DAY, sessions: 90 * DAY, attempts: HOUR, feed: FEED_KEPT });
    } catch (error) {
      log('warn', 'job.purge.failed', { error: error instanceof Error ? error.message : String(error) });
    }
  });
  return { stop: () => purging.cancel() };
}
