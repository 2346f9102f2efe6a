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
  /** Resolves when every call and mail that is due has been tried. */
  idle(): Promise<void>;
  /** Stops them, after what is being sent has come to its end and what was used since the last time is stored. */
  stop(): Promise<void>;
}

export function startJobs(installation: Installation): Jobs {
  const { auditLanes, freshness, world } = installation;
  const { clock, log, wall } = world;
  /** The next round tries again what failed. */
  const attempt = async (name: 'purge' | 'usage' | 'seal', job: () => Promise<unknown>): Promise<void> => {
    try {
      await job();
    } catch (error) {
      log('warn', `job.${name}.failed`, { error: error instanceof Error ? error.message : String(error) });
    }
  };

  const purging = clock.every(HOUR, () => attempt('purge', () => purge(installation)));
  const delivering = world.outbound ? startDelivering(installation) : undefined;
  // Of real time: a clock that is moved by months has nothing more to store for it.
  let flushing: Promise<void> | undefined;
  const flush = async (): Promise<void> => {
    if (!freshness.lost()) await attempt('usage', () => flushUsage(installation));
    flushing = undefined;
  };
  const flushes = wall.every(FLUSH_EVERY, () => {
    flushing ??= flush();
  });
  // The first round also seals what another node has left unsealed.
  let mayBeUnsealed = true;
  let sealing: Promise<void> | undefined;
  const seal = async (): Promise<void> => {
    if (!freshness.lost() && (mayBeUnsealed || auditLanes.unsealed > 0))
      await attempt('seal', async () => {
        await sealAudit(installation);
        mayBeUnsealed = false;
      });
    sealing = undefined;
  };
  const seals = wall.every(SEAL_EVERY, () => {
    sealing ??= seal();
  });
  return {
    async idle() {
      await delivering?.idle();
    },
    async stop() {
      purging.cancel();
      await delivering?.stop();
      flushes.cancel();
      await flushing;
      await flush();
      // Last: what was stored before may have added lines.
      seals.cancel();
      await sealing;
      if (auditLanes.unsealed > 0) await seal();
    },
  };
}
