// This package holds time, chance, log and calls to other servers: what they are, and their real form in a process of
// Node.
import { availableParallelism } from 'node:os';
import { realClock, realWall } from './clock.ts';
import { createOutbound } from './outbound.ts';
import { realRandom } from './random.ts';
import type { BaseWorld, Outbound } from './world.ts';

export { createLog } from './log.ts';
export { composeMail, createMailer, mailLimits, type MailServer, readMailServer } from './mailer.ts';
export { callLimits, type CallsOptions, createOutbound } from './outbound.ts';
export { jitter, pauseAfter } from './pause.ts';
export { readUpTo } from './read-up-to.ts';
export type {
  BaseWorld,
  Log,
  LogLevel,
  Mail,
  MailAnswer,
  Mailer,
  MailFault,
  Outbound,
  OutboundAnswer,
  OutboundFault,
  OutboundRequest,
  Wall,
} from './world.ts';

/**
 * The real surroundings of this process. Nothing is logged until a `log` of `createLog` takes the place of this one.
 */
export function nodeWorld(): BaseWorld & { outbound: Outbound } {
  return {
    clock: realClock,
    wall: realWall,
    random: realRandom,
    parallelism: availableParallelism(),
    log: () => undefined,
    outbound: createOutbound({ wall: realWall }),
  };
}

/** `NODE_ENV` of this process. */
export const nodeEnvironment = (): string | undefined => process.env['NODE_ENV'];
