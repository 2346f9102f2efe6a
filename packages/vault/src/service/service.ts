// The service of a vault: its REST interface and the pages behind its links, as one function of a request. It has no
// socket of its own, so that any server of Node can carry it.
import { entriesOf } from '@hallpass/protocol';
import { type Context, Hono } from 'hono';
import type { Call } from '../client/calls/call.ts';
import { type CallName, calls } from '../client/calls.ts';
import { LINES, type Progress } from '../client/progress-lines.ts';
import { rights } from '../client/rights.ts';
import type { MailLook } from '../people/compose-mail.ts';
import type { Vault } from '../vault.ts';
import { type Caller, callerOf } from './api-keys.ts';
import { consoleCaller, consoleDoor } from './console/door.ts';
import { type ConsoleFiles, consoleFileRoutes } from './console/files.ts';
import { handle } from './handlers.ts';
import { health } from './health.ts';
import { inLines } from './in-lines.ts';
import { inputOf } from './input.ts';
import { metricsText } from './metrics.ts';
import { openApi } from './openapi.ts';
import { pages } from './pages.ts';
import { refusalAnswer, ServiceRefusal } from './refusal-answer.ts';

export interface ServiceOptions {
  vault: Vault;
  look?: MailLook | undefined;
  /** Told how far long work is: rows of an import, connections of a sweep, values that are sealed anew. */
  progress?: Progress | undefined;
  /** The built console; without it there are no pages at `/console`. */
  console?: ConsoleFiles | undefined;
}

export interface Service {
  /** Answers a request. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /** Answers a request as if a key with every right of this tenant had come with it: for commands on this machine. */
  fetchAsOperator(request: Request, tenant: string): Promise<Response>;
  /**
   * Bytes that the body of a request may have, judged by its head alone; undefined for the usual limit. Only a call that
   * needs more has more, with a key that has its right: strangers send nothing long.
   */
  longestBody(head: { method: string; path: string; authorization: string | undefined }): Promise<number | undefined>;
}

const noStore = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

interface Bindings {
  /** Set by a command on this machine, never by a request. */
  operator?: Caller;
}

interface Environment {
  Bindings: Bindings;
}

/** The calls of the table are served below each of these, to those whom its door lets in. */
interface Door {
  root: '' | '/console';
  callerFor(context: Context<Environment>): Promise<Caller>;
}

/** The functions of a service over an open or sealed vault. */
export function createService({ vault, look, progress, console: files }: ServiceOptions): Service {
  const { world } = vault.parts;
  const app = new Hono<Environment>();
  const doors: readonly Door[] = [
    { root: '', callerFor: (context) => callerFor(context.req.raw, context.env.operator) },
    { root: '/console', callerFor: (context) => consoleCaller(vault, context) },
  ];

  app.onError((error, context) => {
    const { status, body, bug } = refusalAnswer(error);
    if (bug) world.log('error', 'vault.bug', { error: error.stack ?? error.message });
    // The console signs in by a page: a browser has nothing to ask for by itself.
    const asksForKey = status === 401 && !context.req.path.startsWith('/console/');
    return Response.json(body, {
      status,
      headers: { ...noStore, ...(asksForKey && { 'www-authenticate': 'Bearer' }) },
    });
  });
  app.notFound(() => {
    const { status, body } = refusalAnswer(new ServiceRefusal('no_such_path'));
    return Response.json(body, { status, headers: noStore });
  });
  app.get('/health', async () => {
    const { status, body } = await health(vault);
    return Response.json(body, { status, headers: noStore });
  });
  app.get('/v1/openapi.json', () => Response.json(openApi(), { headers: noStore }));
  app.get('/metrics', async (context) => {
    const caller = context.env.operator ?? (await callerWithKey(context.req.raw));
    requireRight(caller, 'operate');
    return new Response(await metricsText(vault, caller.tenant), {
      headers: { ...noStore, 'content-type': 'text/plain; version=0.0.4' },
    });
  });
  for (const [name, call] of entriesOf(calls))
    for (const { root, callerFor: caller } of doors)
      app.on(call.method, `${root}${call.path.replace(/\{(\w+)\}/g, ':$1')}`, async (context) =>
        answerCall(name, call, await caller(context), context),
      );
  app.route('/', consoleDoor(vault));
  // Below the door, an address of no call is refused as a call: it shows no document.
  app.all('/console/v1/*', () => {
    throw new ServiceRefusal('no_such_path');
  });
  app.route('/', consoleFileRoutes(vault, files));
  app.route('/', pages(vault, look?.words));

  async function answerCall(
    name: CallName,
    call: Call,
    caller: Caller,
    { req }: Context<Environment>,
  ): Promise<Response> {
    const begun = world.wall.ms();
    if (!call.whileSealed) vault.parts.keys.requireOpen(caller.tenant);
    requireRight(caller, call.right);
    const input = await inputOf(call, req.raw, req.param());
    const { id } = req.param();
    // A process beside this one, behind the same address, may have changed it a moment ago.
    if (vault.parts.db.kind === 'postgres' && id !== undefined) vault.parts.forget({ tenant: caller.tenant, id });
    const run = async (told: Progress | undefined): Promise<object> => {
      const answer = await handle(name, { vault, caller, look, progress: told }, input);
      world.log('info', 'vault.call', {
        call: name,
        tenant: caller.tenant,
        by: caller.by,
        ms: Math.round(world.wall.ms() - begun),
      });
      return answer;
    };
    if (!call.long || req.header('accept') !== LINES) return Response.json(await run(progress), { headers: noStore });
    return inLines(vault.parts, run, noStore);
  }

  async function callerFor(request: Request, operator: Caller | undefined): Promise<Caller> {
    vault.parts.keys.requireOpen();
    return operator ?? callerWithKey(request);
  }

  async function callerWithKey(request: Request): Promise<Caller> {
    const [, key] = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
    const caller = key === undefined ? undefined : await callerOf(vault.parts, key);
    if (caller === undefined) throw new ServiceRefusal('no_key');
    return caller;
  }

  return {
    fetch: async (request) => app.fetch(request, {}),
    async longestBody({ method, path, authorization }) {
      const call = entriesOf<Readonly<Record<string, Call>>>(calls).find(
        ([, one]) => one.longestBody !== undefined && one.method === method && one.path === path,
      )?.[1];
      const [, key] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
      if (call?.longestBody === undefined || key === undefined || vault.sealedBecause !== undefined) return undefined;
      const caller = await callerOf(vault.parts, key).catch(() => undefined);
      return caller?.rights.has(call.right) ? call.longestBody : undefined;
    },
    async fetchAsOperator(request, tenant) {
      const all = new Set(entriesOf(rights).map(([right]) => right));
      return app.fetch(request, { operator: { tenant, rights: all, by: 'operator' } });
    },
  };
}

function requireRight(caller: Caller, right: Call['right']): void {
  if (!caller.rights.has(right)) throw new ServiceRefusal('no_right', { right });
}
