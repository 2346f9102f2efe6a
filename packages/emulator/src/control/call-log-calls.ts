// Calls about the log of a world: what programs asked, and why they were answered as they were.
import type { LoggedCall } from '../calls/call-log.ts';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import { controlCall, ControlError, type JsonSchema, listOf, number, object, required } from './control-call.ts';
import { namesOf } from './names-of.ts';

const string: JsonSchema = { type: 'string' };
const integer: JsonSchema = { type: 'integer' };
const named = object({ id: string, name: string });

const callSchema: JsonSchema = {
  type: 'object',
  properties: {
    id: integer,
    time: { type: 'string', description: 'The moment of the world, in UTC.' },
    ms: { type: 'integer', description: 'How long the answer took.' },
    method: string,
    path: { type: 'string', description: 'With its query; credentials are left out.' },
    params: { type: 'object', description: 'Of the body; credentials are left out.' },
    version: string,
    status: integer,
    fbtrace_id: string,
    error: { type: 'object', description: 'message, type, code and error_subcode of a refusal.' },
    batch: { type: 'object', description: 'Of a batch: how many calls it held, and how many were refused.' },
    token: { type: 'string', description: 'The kind of the token; absent where there was none that can be read.' },
    app: named,
    person: named,
    page: string,
    fault: { type: 'string', description: 'The order of a fault that the answer followed.' },
  },
  required: ['id', 'time', 'ms', 'method', 'path', 'params', 'status'],
};

async function shown(world: EmulatedWorld, { id, time, ms, facts }: LoggedCall) {
  const { traceId, app, person, tokenKind, ...rest } = facts;
  return {
    ...{ id, time: new Date(time * 1000).toISOString(), ms: Math.round(ms) },
    ...rest,
    ...(traceId === '' ? {} : { fbtrace_id: traceId }),
    ...(tokenKind === undefined ? {} : { token: tokenKind }),
    ...(await namesOf(world, { app, person })),
  };
}

/** Longest wait of one call, in seconds. */
const LONGEST = 25;

export const callLogCalls = [
  controlCall('GET', 'calls', {
    doc: 'The last calls of programs to the Graph, oldest first; five hundred are kept. No credential is in them.',
    params: {
      after: number('Only those after this one, by its id.', { minimum: 0, maximum: 1e12, whole: true }),
      wait: number('Seconds to wait for one if there is none yet.', { minimum: 0, maximum: LONGEST }),
    },
    answer: object({ calls: listOf(callSchema) }),
    async run({ world }, { after = 0, wait = 0 }) {
      const calls = await world.calls.wait(after, wait * 1000);
      return { calls: await Promise.all(calls.map((call) => shown(world, call))) };
    },
  }),
  controlCall('POST', 'calls', {
    doc: 'Explains how one of them is answered now, with the token that it was made with, and why. Nothing is changed by it.',
    params: { why: required(number('Its id.', { minimum: 1, maximum: 1e12, whole: true })) },
    answer: {
      type: 'object',
      description: 'The answer of POST why of the Graph; `message` alone where the call cannot be explained.',
      properties: { message: string, outcome: string, call: string, rule: string, checks: listOf({ type: 'object' }) },
    },
    async run({ world }, { why: id }) {
      const why = await world.faults.without(() => world.calls.why(id));
      if (why === undefined) throw new ControlError(404, 'why: no call of this number is kept');
      return typeof why === 'string' ? { message: why } : why;
    },
  }),
];
