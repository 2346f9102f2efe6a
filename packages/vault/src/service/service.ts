// The service of a vault: its REST interface and the pages behind its links, as one function of a request. It has no
// socket of its own, so that any server of Node can carry it.
import { entriesOf } from '@hallpass/protocol';
import { Hono } from 'hono';
import { type Call, calls } from '../client/calls.ts';
import { LINES, type Progress } from '../client/progress-lines.ts';
import { rights } from '../client/rights.ts';
import type { MailLook } from '../people/compose-mail.ts';
import type { Vault } from '../vault.ts';
import { type Caller, callerOf } from './api-keys.ts';
import { handle } from './handlers.ts';
import { health } from './health.ts';
import { inLines } from './in-lines.ts';
import { inputOf } from './input.ts';
import { metrics } from './metrics.ts';
import { openApi } from './openapi.ts';
import { pages } from './pages.ts';
import { refusalAnswer, ServiceRefusal } from './refusal-answer.ts';

export interface ServiceOptions {
  vault: Vault;
  look?: MailLook | undefined;
  /** Told how far long work is: rows of an import, connections of a sweep, values that are sealed anew. */
  progress?: Progress | undefined;
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

type App = Hono<{ Bindings: Bindings }>;

/** The functions of a service over an open or sealed vault. */
export function createService({ vault, look, progress }: ServiceOptions): Service {
  const { world } = vault.parts;
  const app: App = new Hono();

  app.onError((error, context) => {
    const { status, body, bug } = refusalAnswer(error);
    if (bug) world.log('error', 'vault.bug', { error: error.stack ?? error.message });
    if (status === 401) context.header('www-authenticate', 'Bearer');
    return Response.json(body, { status, headers: noStore });
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
    const caller = await callerFor(context.req.raw, context.env.operator);
    vault.parts.keys.requireOpen(caller.tenant);
    requireRight(caller, 'operate');
    return new Response(await metrics(vault, caller.tenant), {
      headers: { ...noStore, 'content-type': 'text/plain; version=0.0.4' },
    });
  });
  for (const [name, call] of entriesOf(calls)) {
    const described: Call = call;
    app.on(call.method, call.path.replace(/\{(\w+)\}/g, ':$1'), async (context) => {
      const begun = world.wall.ms();
      const caller = await callerFor(context.req.raw, context.env.operator);
      if (!described.whileSealed) vault.parts.keys.requireOpen(caller.tenant);
      requireRight(caller, described.right);
      const input = await inputOf(described, context.req.raw, context.req.param());
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
      if (!described.long || context.req.header('accept') !== LINES)
        return Response.json(await run(progress), { headers: noStore });
      return inLines(vault.parts, run, noStore);
    });
  }
  app.route('/', pages(vault));

  async function callerFor(request: Request, operator: Caller | undefined): Promise<Caller> {
    vault.parts.keys.requireOpen();
    if (operator !== undefined) return operator;
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
