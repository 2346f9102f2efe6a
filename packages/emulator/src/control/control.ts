// The control interface stands under `/_/emulator/`: for programs and scripts that hold its token, never for web pages
// (threats EM-04): whatever a browser sends for a page has an Origin, or cannot have the header.
import { createHash, timingSafeEqual } from 'node:crypto';
import { type HttpRequest, type HttpResponse, roleOf } from '@hallpass/server';
import { GraphError } from '@hallpass/protocol';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import { clockCalls } from './clock-calls.ts';
import { type ControlCall, ControlError } from './control-call.ts';
import { deliveryCalls } from './delivery-calls.ts';
import { faultCalls } from './fault-calls.ts';
import { openApiDocument } from './openapi.ts';
import { operatorCalls } from './operator-calls.ts';
import { peopleCalls } from './people-calls.ts';
import { readArgs } from './read-args.ts';
import { storyCalls } from './story-calls.ts';
import { WorldError } from '../worlds/world-error.ts';
import type { Worlds } from '../worlds/worlds.ts';
import { worldCalls } from './world-calls.ts';

const CONTROL_ROOT = '/_/emulator/';

/** Every call of the control interface. */
const controlCalls: readonly ControlCall[] = [
  ...worldCalls,
  ...clockCalls,
  ...peopleCalls,
  ...operatorCalls,
  ...faultCalls,
  ...storyCalls,
  ...deliveryCalls,
];

/** Describes the control interface in OpenAPI. */
export const controlDocument = () => openApiDocument(controlCalls, CONTROL_ROOT);

interface ControlDoor {
  token: string;
  worlds: Worlds;
}

/** Answers what is asked under `/_/emulator/`; undefined for everything else. */
export function controlInterface(door: ControlDoor): (incoming: HttpRequest) => Promise<HttpResponse> | undefined {
  return (incoming) => (incoming.path.startsWith(CONTROL_ROOT) ? answer(door, incoming) : undefined);
}

async function answer(door: ControlDoor, incoming: HttpRequest): Promise<HttpResponse> {
  try {
    const world = admit(door, incoming);
    if (incoming.path === `${CONTROL_ROOT}openapi` && incoming.method === 'GET') return json(200, controlDocument());
    const call = callFor(incoming);
    return json(200, await call.run({ world, worlds: door.worlds }, readArgs(call, incoming) as never));
  } catch (error) {
    if (error instanceof ControlError || error instanceof WorldError)
      return json(error.status, { error: { message: error.message } });
    // An act that the rules of the platform refuse.
    if (error instanceof GraphError && error.status < 500) return json(400, { error: { message: error.message } });
    throw error;
  }
}

/** @returns the world that the call is about; @throws ControlError, WorldError */
function admit({ token, worlds }: ControlDoor, incoming: HttpRequest): EmulatedWorld {
  const { host, headers } = incoming;
  if (worlds.list().every(({ settings }) => roleOf(host, settings) === undefined))
    throw new ControlError(421, "This host isn't served here.");
  if (headers.origin !== undefined) throw new ControlError(403, "Web pages can't control the emulator.");
  const [, presented] = /^Bearer ([0-9a-f]+)$/.exec(headers.authorization ?? '') ?? [];
  if (presented === undefined || !same(presented, token))
    throw new ControlError(
      401,
      'Send the control token that the emulator printed when it started: Authorization: Bearer <token>',
    );
  return worlds.named(incoming);
}

function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** @throws ControlError */
function callFor({ method, path }: HttpRequest): ControlCall {
  const there = controlCalls.filter((call) => call.path === path.slice(CONTROL_ROOT.length));
  const paths = [...new Set(controlCalls.map((call) => CONTROL_ROOT + call.path))];
  if (there.length === 0) throw new ControlError(404, `There is only ${paths.join(', ')}.`);
  const call = there.find((one) => one.method === method);
  if (!call) throw new ControlError(405, `Use ${there.map((one) => one.method).join(' or ')}.`);
  return call;
}

function json(status: number, value: unknown): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: JSON.stringify(value),
  };
}
