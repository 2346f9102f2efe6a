// The report tells what a program did with Hallpass, as data to print: endpoints, tokens and their fates, versions and when they end,
// errors, hosts that nobody answered for.
import { endOfVersion, parseJson, shape } from '@hallpass/protocol';
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import type { FrontEvent } from '../front/front.ts';
import type { EndpointCalls, ErrorCalls, Journal } from './journal.ts';

interface TokenReport {
  /** Its beginning and end. */
  token: string;
  /** As `debug_token` says: `USER`, `PAGE`, `APP` and so on; undefined for one that cannot be opened. */
  type: string | undefined;
  app_id: string | undefined;
  /** The number of calls that carried it. */
  calls: number;
  valid: boolean;
  /** Epoch seconds; 0 for never. */
  expires_at: number | undefined;
  /** The reason for which it is not valid. */
  reason: string | undefined;
}

export interface Report {
  calls: number;
  endpoints: EndpointCalls[];
  tokens: TokenReport[];
  /** `ends`: the day, undefined where none is known yet. */
  versions: { version: string; calls: number; named: number; ends: string | undefined; ended: boolean }[];
  errors: ErrorCalls[];
  /** Hosts that are not Meta's, and connections that no request came on. */
  hosts: { host: string; port: number; what: FrontEvent['name']; times: number }[];
  /** More kinds of calls or tokens came than are kept. */
  cut: boolean;
}

interface App {
  id: string;
  secret: string;
}

interface ReportOptions {
  journal: Journal;
  events: readonly FrontEvent[];
  /** Apps whose secret is known: one of them may look at a token. */
  apps: readonly App[];
  /** Asks the world, unnoted. */
  ask(request: HttpRequest): Promise<HttpResponse>;
  /** Epoch seconds by the clock of the world. */
  now: number;
}

export async function reportOf({ journal, events, apps, ask, now }: ReportOptions): Promise<Report> {
  const tokens: TokenReport[] = [];
  for (const [token, calls] of journal.tokens) tokens.push(await fateOf(token, calls, apps, ask));
  const hosts = new Map<string, Report['hosts'][number]>();
  for (const { name, host, port } of events) {
    const key = `${name} ${host}:${port}`;
    const entry = hosts.get(key) ?? { host, port, what: name, times: 0 };
    hosts.set(key, { ...entry, times: entry.times + 1 });
  }
  return {
    calls: journal.calls,
    endpoints: [...journal.endpoints.values()],
    tokens,
    versions: [...journal.versions].map(([version, counts]) => {
      const end = endOfVersion(version);
      return {
        version,
        ...counts,
        ends: end === undefined ? undefined : new Date(end * 1000).toISOString().slice(0, 10),
        ended: end !== undefined && end <= now,
      };
    }),
    errors: [...journal.errors.values()],
    hosts: [...hosts.values()],
    cut: journal.cut,
  };
}

interface DebugAnswer {
  type?: string;
  app_id?: string;
  is_valid: boolean;
  expires_at?: number;
  error?: { message: string };
}

const debugged = shape.object<{ data: DebugAnswer }>({
  data: shape.object<DebugAnswer>({
    type: shape.optional(shape.text),
    app_id: shape.optional(shape.text),
    is_valid: shape.boolean,
    expires_at: shape.optional(shape.number),
    error: shape.optional(shape.object<{ message: string }>({ message: shape.text })),
  }),
});

/** Asks `debug_token` on behalf of each app until one may look at the token. */
async function fateOf(
  token: string,
  calls: number,
  apps: readonly App[],
  ask: ReportOptions['ask'],
): Promise<TokenReport> {
  let found: DebugAnswer | undefined;
  for (const app of apps) {
    const data = await debug(token, app, ask);
    if (data?.app_id === app.id) {
      found = data;
      break;
    }
    found ??= data;
  }
  return {
    token: shortened(token),
    type: found?.type,
    app_id: found?.app_id,
    calls,
    valid: found?.is_valid ?? false,
    expires_at: found?.expires_at,
    reason: found ? found.error?.message : unopened(apps),
  };
}

/** No app could look at the token. */
const unopened = (apps: readonly App[]): string =>
  apps.length === 0
    ? 'not checked: the secret of its app is not known here'
    : 'unknown at the end: created before the world was planted again, or somewhere else';

async function debug(token: string, app: App, ask: ReportOptions['ask']): Promise<DebugAnswer | undefined> {
  const query = new URLSearchParams({ input_token: token, access_token: `${app.id}|${app.secret}` });
  const { body } = await ask({
    method: 'GET',
    host: 'localhost',
    scheme: 'https',
    path: '/debug_token',
    query: query.toString(),
    headers: { host: 'localhost' },
    body: new Uint8Array(0),
    address: '127.0.0.1',
  });
  return parseJson(debugged, typeof body === 'string' ? body : Buffer.from(body).toString('utf8'))?.data;
}

/** Enough to find it again in a program's own log, and too little to use it. The secret of an app is left out. */
function shortened(token: string): string {
  const bar = token.indexOf('|');
  return bar > 0 ? `${token.slice(0, bar)}|…` : `${token.slice(0, 6)}…${token.slice(-4)}`;
}
