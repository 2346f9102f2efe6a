// A vault with a connection of a person of the demo world, a proxy before it, and every request that the proxy makes.
import type { Fetch } from '@hallpass/client';
import { createEmulator, type Emulator } from '@hallpass/emulator';
import { Secret } from '@hallpass/protocol';
import { createHandle, createProxy, createVault, type Proxy, type ProxyAnswer, type Vault } from '@hallpass/vault';
import { nodeWorld } from '@hallpass/world';
import { testKey } from '../vaults.ts';

/** The first app of the demo world. */
export const app = { id: '1384720956120447', secret: '8f1c5be29d7340a6b1e7c45d02f9a36b' };
const redirectUri = 'http://localhost:3000/auth/callback';

interface SentRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string;
}

/** A request as a program writes it; the handle goes into the header where the request names no other place. */
export interface Given {
  method?: string;
  /** Path with its query. */
  target: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** False where the request brings its own credential. */
  bearer?: boolean;
}

export interface ProxiedVault {
  emulator: Emulator;
  vault: Vault;
  proxy: Proxy;
  /** Id of the connection. */
  id: string;
  token: string;
  /** Requests that went on to the server. */
  sent: SentRequest[];
  /** Lines of the vault's log. */
  log: string[];
  close(): Promise<void>;
  handle(allow: string, more?: { callsPerMinute?: number; until?: number }): Promise<string>;
  ask(handle: string, given: Given | string): Promise<ProxyAnswer & { json: unknown }>;
}

export const PROXY = 'http://proxy.localhost:4200';

interface Options {
  scopes?: string[];
  /** Answers in place of the emulator. */
  upstream?: (sent: SentRequest) => Response | undefined;
}

export async function proxiedVault({ scopes = ['pages_show_list'], upstream }: Options = {}) {
  const emulator = await createEmulator({ outbound: false });
  const sent: SentRequest[] = [];
  const log: string[] = [];
  const world = {
    ...nodeWorld(),
    clock: emulator.clock,
    log: (level: string, message: string, facts?: object) =>
      void log.push(JSON.stringify({ level, message, ...facts })),
  };
  let noting = false;
  const ask: Fetch = async (url, init) => {
    if (!noting) return fetch(url, init);
    const one = { method: init.method, url: new URL(url), headers: init.headers, body: init.body ?? '' };
    sent.push(one);
    return upstream?.(one) ?? fetch(url, init);
  };
  const vault = await createVault({
    database: { kind: 'sqlite', file: ':memory:' },
    masterKey: testKey(world),
    world,
    fetch: ask,
    settings: { publicUrl: emulator.url },
  });
  await vault.apps.set({
    appId: app.id,
    secret: new Secret(app.secret),
    graphBase: emulator.url,
    dialogBase: `${emulator.url}/dialog/oauth`,
  });
  const link = await vault.connect({ appId: app.id, wantedScopes: scopes, scopes, redirectUri });
  const { code = '' } = await emulator.people.get('Ana').answerDialog(link.url.slice(new URL(link.url).origin.length));
  const { id } = await vault.finishConnect({ state: link.state, code });
  const token = await vault.use(id, (secret) => secret.open());
  noting = true;
  const proxy = createProxy({ vault, publicUrl: () => PROXY });
  const scene: ProxiedVault = {
    emulator,
    vault,
    proxy,
    id,
    token,
    sent,
    log,
    async close() {
      await vault.close();
      await emulator.close();
    },
    handle: async (allow, more = {}) =>
      (await createHandle(vault.parts, 'main', { connectionId: id, allow, ...more })).handle,
    async ask(handle, given) {
      const {
        method = 'GET',
        target,
        headers = {},
        body = '',
        bearer = true,
      }: Given = typeof given === 'string' ? { target: given } : given;
      const [path = '', query = ''] = target.split(/\?(.*)/s);
      const answer = await proxy.handle({
        method,
        path,
        query,
        headers: { ...(bearer && { authorization: `Bearer ${handle}` }), ...headers },
        body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
      });
      return { ...answer, json: answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown) };
    },
  };
  return scene;
}
