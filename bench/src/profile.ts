// This module shows where the time of a call goes: the processor's own profile of a loop of calls without sockets,
// summed up by step.
import { Session } from 'node:inspector/promises';
import type { HttpRequest } from '@hallpass/server';
import { app, tokens } from './cast.ts';
import { makeServer } from './make-server.ts';

export interface Step {
  step: string;
  /** Microseconds per call. */
  micros: number;
}

/** The first pattern that fits the file of a function says which step it belongs to. */
const steps: [step: string, file: RegExp][] = [
  ['parse the request', /server\/src\/(parse|wire)|http\/(node-incoming|read-body|trace-ids)/],
  ['write the answer, ETag', /http\/respond|internal\/crypto\/hash/],
  ['count against limits', /server\/src\/usage/],
  ['open the seal, compare secrets', /server\/src\/(tokens|hash|apps)|sodium-native/],
  ['liveness: epochs, states, remembered facts', /server\/src\/(liveness|installation|people)/],
  ['find, authorise, render', /server\/src\/(graph|nodes|operations)|protocol\/src/],
  ['hosts, routes, hand-over', /server\/src\/(site|hosts|index|settings)|http\/graph-handler|hono/],
];

/** Profiles `calls` debug_token calls. */
export async function profile(calls = 200_000): Promise<Step[]> {
  const server = await makeServer();
  const { long } = await tokens(server.installation);
  const incoming: HttpRequest = {
    method: 'GET',
    host: 'localhost:4000',
    scheme: 'http',
    path: '/v25.0/debug_token',
    query: `input_token=${long}&access_token=${encodeURIComponent(`${app.id}|${app.secret}`)}`,
    headers: { host: 'localhost:4000' },
    body: new Uint8Array(),
    address: '127.0.0.1',
  };
  for (let i = 0; i < 20_000; i++) await server.handle(incoming);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 100 });
  await session.post('Profiler.start');
  const before = process.cpuUsage();
  for (let i = 0; i < calls; i++) await server.handle(incoming);
  const { user, system } = process.cpuUsage(before);
  const { profile: taken } = await session.post('Profiler.stop');
  session.disconnect();
  await server.close();
  const stepOf = new Map(
    taken.nodes.map(({ id, callFrame }) => [
      id,
      steps.find(([, file]) => file.test(callFrame.url))?.[0] ?? 'the engine: promises, garbage, the rest',
    ]),
  );
  const sums = new Map<string, number>();
  let total = 0;
  taken.samples?.forEach((id, i) => {
    const time = taken.timeDeltas?.[i] ?? 0;
    const step = stepOf.get(id) ?? '';
    sums.set(step, (sums.get(step) ?? 0) + time);
    total += time;
  });
  const perCall = (user + system) / calls;
  return [...sums]
    .map(([step, time]) => ({ step, micros: (time / total) * perCall }))
    .sort((a, b) => b.micros - a.micros);
}
