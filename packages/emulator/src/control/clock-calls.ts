// Calls about the clock of a world.
import type { EmulatorClock } from '../clock.ts';
import { durationOf, momentOf } from '../seed/moments.ts';
import { controlCall, ControlError, object, parsed, yesNo } from './control-call.ts';

/** The furthest that a clock is moved at once: ten years of hourly work. */
const FURTHEST = 3650 * 86_400;

export const clockSchema = object({
  now: { type: 'integer', description: 'Epoch seconds.' },
  time: { type: 'string', description: 'The same moment as RFC 3339 has it, in UTC.' },
  frozen: { type: 'boolean' },
});

export function clockState(clock: EmulatorClock) {
  const now = clock.now();
  return { now, time: new Date(now * 1000).toISOString(), frozen: clock.frozen };
}

const advance = parsed('Seconds, or a length of time such as 90m, 2h or 61d.', (name, text) => {
  const seconds = /^\d{1,12}$/.test(text) ? Number(text) : durationOf(text);
  if (seconds === undefined)
    throw new ControlError(400, `${name}: must be seconds, or a length of time such as 90m, 2h or 61d`);
  if (seconds > FURTHEST) throw new ControlError(400, `${name}: at most ten years at once`);
  return seconds;
});

const set = parsed('A moment such as 2026-11-21T12:00:00Z, also an earlier one.', (name, text) => {
  const moment = momentOf(text);
  if (moment === undefined) throw new ControlError(400, `${name}: must be a moment such as 2026-11-21T12:00:00Z`);
  return moment;
});

export const clockCalls = [
  controlCall('GET', 'clock', {
    doc: 'What time it is in the world.',
    answer: clockSchema,
    run: ({ world: { clock } }) => clockState(clock),
  }),
  controlCall('POST', 'clock', {
    doc: 'Moves the clock: `advance`, then `set`, then `freeze`, where several are given. All that would have run on the way has run when it answers.',
    params: {
      advance,
      set,
      freeze: yesNo('true: time stands still; false: it flows again.'),
    },
    needsOne: true,
    answer: clockSchema,
    async run({ world }, args) {
      const { clock } = world;
      if (args.set !== undefined && args.set - clock.now() > FURTHEST)
        throw new ControlError(400, 'set: at most ten years ahead');
      if (args.advance !== undefined) await clock.advance(args.advance);
      if (args.set !== undefined) await clock.set(args.set);
      if (args.freeze !== undefined) clock.freeze(args.freeze);
      world.keepClock();
      return clockState(clock);
    },
  }),
];
