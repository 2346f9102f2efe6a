// Jobs are what runs by itself. Timers belong to the clock, so a moved clock runs every tick it passes.
import { HOUR } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import { sealAudit } from '../liveness/audit-trail.ts';
import { startDelivering } from './deliver.ts';
import { FLUSH_EVERY, flushUsage } from './flush-usage.ts';
import { purge } from './purge.ts';

/** Milliseconds of real time between two seals of the audit trail. */
const SEAL_EVERY = 60_000;

interface Jobs {
  /** Stops them, after what is being sent has come to its end and what was used since the last time is stored. */
  stop(): Promise<void>;
}

export function startJobs(installation: Installation): Jobs {
  const { clock, log, wall } = installation.world;
  const purging = clock.every(HOUR, async () => {
    try {
      await purge(installation);
    } catch (error) {
      log('warn', 'job.purge.failed', { error: error instanceof Error ? error.message : String(error) });
    }
  });
  const delivering = installation.world.outbound ? startDelivering(installation) : undefined;
  // Of real time: a clock that is moved by months has nothing more to store for it.
  let flushing: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    try {
      if (!installation.freshness.lost()) await flushUsage(installation);
    } catch (error) {
      log('warn', 'job.usage.failed', { error: error instanceof Error ? error.message : String(error) });
    }
    flushing = undefined;
  };
  const flushes = wall.every(FLUSH_EVERY, () => {
    flushing ??= flush();
  });
  // The first round also seals what another node has left unsealed.
  let anyNode = true;
  const seal = async (): Promise<void> => {
    try {
      if (installation.freshness.lost() || (installation.auditLanes.unsealed === 0 && !anyNode)) return;
      await sealAudit(installation);
      anyNode = false;
    } catch (error) {
      log('warn', 'job.seal.failed', { error: error instanceof Error ? error.message : String(error) });
    }
  };
  const seals = wall.every(SEAL_EVERY, () => void seal());
  return {
    async stop() {
      purging.cancel();
      seals.cancel();
      if (installation.auditLanes.unsealed > 0) await seal();
      await delivering?.stop();
      flushes.cancel();
      await flushing;
      await flush();
    },
  };
}
