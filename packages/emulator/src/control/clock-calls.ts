// Calls about the clock of a world.
import type { EmulatorClock } from '../clock.ts';
import { durationOf, momentOf } from '../seed/moments.ts';
import type { Happening } from '../worlds/endings.ts';
import { controlCall, ControlError, type JsonSchema, listOf, object, oneOf, parsed, yesNo } from './control-call.ts';

/** The furthest that a clock is moved at once: ten years of hourly work. */
const FURTHEST = 3650 * 86_400;

export const clockSchema = object({
  now: { type: 'integer', description: 'Epoch seconds.' },
  time: { type: 'string', description: 'The same time in RFC 3339, in UTC.' },
  frozen: { type: 'boolean' },
  ahead: { type: 'integer', description: 'Seconds ahead of the clock of this machine, which programs go by.' },
});

export function clockState(clock: EmulatorClock) {
  const now = clock.now();
  return { now, time: new Date(now * 1000).toISOString(), frozen: clock.frozen, ahead: clock.ahead };
}

const advance = parsed('Seconds, or a length of time such as 90m, 2h or 61d.', (name, text) => {
  const seconds = /^\d{1,12}$/.test(text) ? Number(text) : durationOf(text);
  if (seconds === undefined)
    throw new ControlError(400, `${name}: must be seconds, or a length of time such as 90m, 2h or 61d`);
  if (seconds > FURTHEST) throw new ControlError(400, `${name}: at most ten years at once`);
  return seconds;
});

const set = parsed('A time such as 2026-11-21T12:00:00Z; it may be earlier.', (name, text) => {
  const moment = momentOf(text);
  if (moment === undefined) throw new ControlError(400, `${name}: must be a time such as 2026-11-21T12:00:00Z`);
  return moment;
});

const ahead = parsed(
  'How far the world is to be ahead of the clock of this machine, which programs go by: seconds, or a length of time such as 5m; with - in front, behind it.',
  (name, text) => {
    const [, sign = '', length = ''] = /^([+-]?)(.+)$/s.exec(text.trim()) ?? [];
    const seconds = /^\d{1,12}$/.test(length) ? Number(length) : durationOf(length);
    if (seconds === undefined || seconds > FURTHEST)
      throw new ControlError(
        400,
        `${name}: must be seconds, or a length of time such as 5m or -90s, at most ten years`,
      );
    return sign === '-' ? -seconds : seconds;
  },
);

const happeningSchema: JsonSchema = {
  type: 'object',
  description: 'Also ids of the things it is about, depending on the event: app, person, token and so on.',
  properties: {
    time: { type: 'string', description: 'The moment at which it happened, in UTC.' },
    what: {
      type: 'string',
      description: 'token.expired, data_access.ended, or the name of an event such as callback.sent.',
    },
  },
  required: ['time', 'what'],
};

const shown = ({ time, what, facts }: Happening) => ({ time: new Date(time * 1000).toISOString(), what, ...facts });

export const clockCalls = [
  controlCall('GET', 'clock', {
    doc: 'The time in the world.',
    answer: clockSchema,
    run: ({ world: { clock } }) => clockState(clock),
  }),
  controlCall('POST', 'clock', {
    doc: 'Moves the clock: `advance`, then `set`, then `ahead`, then `run_to`, then `freeze`, where several are given. Everything due in that time has run, in order, by the time it answers; `happened` lists it.',
    params: {
      advance,
      set,
      ahead,
      run_to: oneOf('next-expiry: to the time when the next token seen here expires, or the next data access ends.', [
        'next-expiry',
      ]),
      freeze: yesNo('true: the clock stops; false: it runs again.'),
    },
    needsOne: true,
    answer: { ...clockSchema, properties: { ...clockSchema.properties, happened: listOf(happeningSchema) } },
    async run({ world }, args) {
      const { clock, moves } = world;
      const { advance: seconds, set: moment, ahead: apart, run_to: target, freeze } = args;
      if (moment !== undefined && moment - clock.now() > FURTHEST)
        throw new ControlError(400, 'set: at most ten years ahead');
      const happened = await moves.during(async () => {
        if (seconds !== undefined) await clock.advance(seconds);
        if (moment !== undefined) await clock.set(moment);
        if (apart !== undefined) await clock.setAhead(apart);
      });
      if (target !== undefined) {
        const more = await moves.toNextExpiry();
        if (!more)
          throw new ControlError(
            409,
            'run_to: nothing to run to: no expiring token was seen here, and no app has access to data',
          );
        happened.push(...more);
      }
      if (freeze !== undefined) clock.freeze(freeze);
      world.keepClock();
      return { ...clockState(clock), happened: happened.map(shown) };
    },
  }),
];
