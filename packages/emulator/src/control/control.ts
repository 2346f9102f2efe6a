// The control interface stands under `/_/emulator/`: for programs and scripts that hold its token, never for web pages
// (threats EM-04): whatever a browser sends for a page has an Origin, or cannot have the header. The pages of the console
// have a door of their own to the same calls.
import { type HttpRequest, type HttpResponse, roleOf } from '@hallpass/server';
import { GraphError } from '@hallpass/protocol';
import { callLogCalls } from './call-log-calls.ts';
import { clockCalls } from './clock-calls.ts';
import { CONSOLE_ROOT, consoleDoor } from './console-door.ts';
import { type ConsoleKeys, isSame } from './console-keys.ts';
import { type ControlCall, ControlError } from './control-call.ts';
import type { ControlTarget } from './control-target.ts';
import { inboxCalls } from './inbox-calls.ts';
import { json } from './json-answer.ts';
import { tokenCalls } from './token-calls.ts';
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
  ...callLogCalls,
  ...tokenCalls,
  ...inboxCalls,
];

/** Describes the control interface in OpenAPI. */
export const controlDocument = () => openApiDocument(controlCalls, CONTROL_ROOT);

interface ControlDoor {
  token: string;
  keys: ConsoleKeys;
  worlds: Worlds;
  mailServer: ControlTarget['mailServer'];
}

/**
 * Answers what is asked under `/_/emulator/`, and by the pages of the console under `/console/control/`; undefined for
 * everything else.
 */
export function controlInterface(door: ControlDoor): (incoming: HttpRequest) => Promise<HttpResponse> | undefined {
  return (incoming) => {
    if (incoming.path.startsWith(CONTROL_ROOT))
      return answered(async () => {
        demandProgram(door, incoming);
        if (incoming.path === `${CONTROL_ROOT}openapi` && incoming.method === 'GET')
          return json(200, controlDocument());
        return obeyed(door, incoming, CONTROL_ROOT);
      });
    if (incoming.path.startsWith(CONSOLE_ROOT))
      return answered(async () => {
        demandServedHost(door, incoming);
        return (await consoleDoor(door, incoming)) ?? obeyed(door, incoming, CONSOLE_ROOT);
      });
    return undefined;
  };
}

async function answered(answer: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ControlError || error instanceof WorldError)
      return json(error.status, { error: { message: error.message } });
    // An act that the rules of the platform refuse.
    if (error instanceof GraphError && error.status < 500) return json(400, { error: { message: error.message } });
    throw error;
  }
}

/** Does what a call says that has been let in. @throws ControlError, WorldError */
async function obeyed(door: ControlDoor, incoming: HttpRequest, root: string): Promise<HttpResponse> {
  const { worlds, keys, mailServer } = door;
  const world = worlds.named(incoming);
  const call = callFor(incoming, root);
  const target: ControlTarget = { world, worlds, keys, mailServer, base: `${incoming.scheme}://${incoming.host}` };
  return json(200, await call.run(target, readArgs(call, incoming) as never));
}

/** @throws ControlError */
function demandServedHost({ worlds }: ControlDoor, { host }: HttpRequest): void {
  if (worlds.list().every(({ settings }) => roleOf(host, settings) === undefined))
    throw new ControlError(421, "This host isn't served here.");
}

/** @throws ControlError for everybody but a program that holds the token */
function demandProgram(door: ControlDoor, incoming: HttpRequest): void {
  const { headers } = incoming;
  demandServedHost(door, incoming);
  if (headers.origin !== undefined) throw new ControlError(403, "Web pages can't control the emulator.");
  const [, presented] = /^Bearer ([0-9a-f]+)$/.exec(headers.authorization ?? '') ?? [];
  if (presented === undefined || !isSame(presented, door.token))
    throw new ControlError(
      401,
      'Send the control token that the emulator printed when it started: Authorization: Bearer <token>',
    );
}

/** @throws ControlError */
function callFor({ method, path }: HttpRequest, root: string): ControlCall {
  const there = controlCalls.filter((call) => call.path === path.slice(root.length));
  const paths = [...new Set(controlCalls.map((call) => root + call.path))];
  if (there.length === 0) throw new ControlError(404, `There is only ${paths.join(', ')}.`);
  const call = there.find((one) => one.method === method);
  if (!call) throw new ControlError(405, `Use ${there.map((one) => one.method).join(' or ')}.`);
  return call;
}
