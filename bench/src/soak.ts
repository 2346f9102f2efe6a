// The soak run does everything at once, minute after minute: mixed and hostile requests on many connections, while
// somebody asks for the health of the server all the time. What counts is that nothing fails on our side, nobody waits
// long, and the memory comes back.
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Measured } from './child.ts';
import { type SoakRequest, soakRequests } from './soak-requests.ts';

const CONNECTIONS = 32;
/** Milliseconds between two questions for the health. */
const HEALTH_EVERY = 50;

/** Bytes. */
export interface Memory {
  /** Bytes of objects and buffers that are still reachable. */
  live: number;
  /** Bytes that the process holds of the machine's memory, pages that it keeps for later among them. */
  resident: number;
}

export interface Soaked {
  seconds: number;
  /** By the first digit of their status. */
  answers: Readonly<Record<string, number>>;
  /** Connections that ended without an answer. */
  unanswered: number;
  /** Before, after half of the time, and after all of it, with garbage collected. */
  memory: readonly Memory[];
  /** Processes that wanted a processor at the end, averaged over a minute: what else the machine did. */
  load: number;
  /** Milliseconds. */
  longestHealth: number;
  medianHealth: number;
}

/** The status of the answer; 0 where the connection ended without one. */
function ask(port: number, agent: Agent, { method, path, headers, body }: SoakRequest): Promise<number> {
  return new Promise((resolve) => {
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request(
      { host: '127.0.0.1', port, agent, method, path, headers: { host: 'localhost:4000', ...length, ...headers } },
      (answer) => {
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', () => resolve(answer.statusCode ?? 0));
        answer.resume();
      },
    );
    sent.on('error', () => resolve(0));
    sent.end(body);
  });
}

/** Sends for so many seconds. */
export async function soak(subject: Measured, seconds: number): Promise<Soaked> {
  const { tokens } = (await subject.ask('tokens')) as unknown as { tokens: { long: string } };
  const requests = soakRequests(tokens.long);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const ownAgent = new Agent({ keepAlive: true, maxSockets: 1 });
  const health: SoakRequest = { method: 'GET', path: '/_/health', headers: {}, body: '' };
  // Once around before the memory is read, so that what is only loaded is not taken for what is lost.
  for (const one of requests.slice(0, 64)) await ask(subject.port, agent, one);
  const memoryOf = async (): Promise<Memory> => {
    const { live, rss } = await subject.ask('gc');
    return { live, resident: rss };
  };
  const memory = [await memoryOf()];
  const answers: Record<string, number> = {};
  let unanswered = 0;
  let next = 0;
  let end = 0;
  const send = async (): Promise<void> => {
    while (performance.now() < end) {
      const status = await ask(subject.port, agent, requests[next++ % requests.length] as SoakRequest);
      if (status === 0) unanswered += 1;
      else answers[`${Math.floor(status / 100)}xx`] = (answers[`${Math.floor(status / 100)}xx`] ?? 0) + 1;
    }
  };
  const waits: number[] = [];
  const watch = async (): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now();
      await ask(subject.port, ownAgent, health);
      waits.push(performance.now() - began);
      await setTimeout(HEALTH_EVERY);
    }
  };
  for (const half of [1, 2]) {
    end = performance.now() + (seconds * 1000) / 2;
    await Promise.all([watch(), ...Array.from({ length: CONNECTIONS }, send)]);
    await setTimeout(1000 * half);
    memory.push(await memoryOf());
  }
  agent.destroy();
  ownAgent.destroy();
  waits.sort((a, b) => a - b);
  return {
    seconds,
    answers,
    unanswered,
    memory,
    load: loadavg()[0] ?? 0,
    longestHealth: waits.at(-1) ?? 0,
    medianHealth: waits[Math.floor(waits.length / 2)] ?? 0,
  };
}
