// The proxy: programs call it in place of a Graph and present a handle in place of a token. It asks the server of the
// connection's app with the real token, and hands on what may be shown of the answer.
import { GraphError as ServerRefusal, isErrorBody } from '@hallpass/client';
import { StorageUnavailable } from '@hallpass/db';
import {
  errorBody,
  GraphError,
  graphError,
  parseJson,
  shape,
  randomHex,
  redact,
  wwwAuthenticate,
} from '@hallpass/protocol';
import { isAboutToken, lookSoon } from '../connections/read.ts';
import { readAllowRules } from '../handles/allow-rules.ts';
import { handleOf } from '../handles/handles.ts';
import { VaultSealed } from '../keys/keyring.ts';
import { tokenKinds } from '../kinds.ts';
import { VaultRefusal } from '../refusals.ts';
import { openApp } from '../remote/open-app.ts';
import { connectionById, type ConnectionRow } from '../store/connections.ts';
import type { HandleRow } from '../store/access/handles.ts';
import type { Vault } from '../vault.ts';
import { cleanHeaders, type Cleaning, cleanItemHeaders, cleanLocation, cleanValue } from './clean-answer.ts';
import { judge, type Speaker } from './paths-of-call.ts';
import { batchOf, type ProxiedItem, readItems, writeItems } from './proxied-batch.ts';
import { type ProxiedCall, type ProxyRequest, readCall } from './proxied-call.ts';
import { type BegunLine, beginLines, completeLines, type LineOutcome } from './record-calls.ts';
import { writeCall } from './write-call.ts';

export interface ProxyOptions {
  vault: Vault;
  /** Origin at which programs reach the proxy, for the links of answers. */
  publicUrl(): string;
}

export interface ProxyAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Proxy {
  /** Answers a request. Never rejects. */
  handle(request: ProxyRequest): Promise<ProxyAnswer>;
}

/** Calls that may be under way at a time: with one handle, and in this process. */
const MOST_OF_HANDLE = 16;
const MOST_AT_ONCE = 200;

const usualHeaders = {
  'cache-control': 'private, no-store',
  'content-type': 'application/json; charset=UTF-8',
  'x-content-type-options': 'nosniff',
} as const;

/** A call that was read, judged and recorded. */
interface AdmittedCall {
  call: ProxiedCall;
  /** Undefined where it is no batch. */
  items: readonly ProxiedItem[] | undefined;
  handle: HandleRow;
  /** The handle as it was presented. */
  presented: string;
  headers: Readonly<Record<string, string>>;
}

export function createProxy({ vault, publicUrl }: ProxyOptions): Proxy {
  const { parts } = vault;
  const { db, world } = parts;
  const underWay = new Map<string, number>();
  let all = 0;

  async function answer(request: ProxyRequest): Promise<ProxyAnswer> {
    parts.keys.requireOpen();
    const call = readCall(request);
    const presented = call.credential;
    if (presented === undefined) throw graphError('token.missing');
    const handle = await handleOf(parts, presented);
    if (handle === undefined) throw graphError('proxy.handle');
    parts.keys.requireOpen(handle.tenant);
    const busy = underWay.get(handle.id) ?? 0;
    if (busy >= MOST_OF_HANDLE) throw graphError('limit.custom').retryIn(1);
    if (all >= MOST_AT_ONCE) throw graphError('server.away').retryIn(1);
    all += 1;
    underWay.set(handle.id, busy + 1);
    try {
      return await withHandle(request, call, handle, presented);
    } finally {
      all -= 1;
      const left = (underWay.get(handle.id) ?? 1) - 1;
      if (left > 0) underWay.set(handle.id, left);
      else underWay.delete(handle.id);
    }
  }

  /** Judges a call, records it, and asks the server. */
  async function withHandle(
    request: ProxyRequest,
    call: ProxiedCall,
    handle: HandleRow,
    presented: string,
  ): Promise<ProxyAnswer> {
    const begun = world.wall.ms();
    const row = await connectionById(db.read, { tenant: handle.tenant, id: handle.connection_id });
    const speaker = speakerOf(row);
    const { items, refusal } = judged(call, handle, presented, speaker);
    const calls = items?.map((one) => one.call) ?? [call];
    const lines = await beginLines(
      parts,
      handle,
      { appId: row?.app_id ?? '', speaker },
      calls,
      request.body.length + request.query.length,
    );
    if (lines === undefined) throw overOrUsedUp(handle);
    const carried = parseJson(shape.listOf(shape.text), row?.granted_scopes ?? '[]') ?? [];
    /** The answer goes on also where the database can't be told of it now: the line is there, and says so. */
    const complete = async (outcomes: readonly LineOutcome[]): Promise<void> => {
      const ms = world.wall.ms() - begun;
      const [usual] = outcomes;
      const each = lines.flatMap((line, at) => {
        const outcome = outcomes[at] ?? usual;
        return outcome === undefined ? [] : [{ ...outcome, line, ms }];
      });
      await completeLines(parts, each, speaker, carried).catch((error: unknown) =>
        world.log('warn', 'vault.proxy.line_left', { handle: handle.id, error: wordsOf(error) }),
      );
    };
    try {
      if (refusal !== undefined) throw refusal;
      if (row === undefined) throw graphError('proxy.connection', { what: 'the connection was removed.' });
      const headers = headersFor(request.headers);
      const { outcomes, ...done } = await asked({ call, items, handle, presented, headers }, row, lines);
      await complete(outcomes);
      return call.head ? { ...done, body: '' } : done;
    } catch (error) {
      const refused = refusalFor(error);
      await complete([{ status: refused.status, refusal: refused, bytesOut: 0 }]);
      throw error;
    }
  }

  async function asked(
    { call, items, handle, presented, headers }: AdmittedCall,
    row: ConnectionRow,
    lines: readonly BegunLine[],
  ): Promise<ProxyAnswer & { outcomes: LineOutcome[] }> {
    const app = await openApp(parts, handle.tenant, row.app_id);
    if (app === undefined) throw graphError('proxy.connection', { what: 'its app was removed.' });
    const { graph_base: base, version } = app.row;
    const whole = items === undefined ? call : { ...call, params: { ...call.params, batch: writeItems(items) } };
    return vault.forTenant(handle.tenant).use(row.id, async (token) => {
      const destination = { base: new URL(base).origin, version, token, appSecret: app.remote?.secret };
      const { url, init, proof = '' } = await writeCall(whole, destination, headers);
      const secrets = [token.open(), app.remote?.secret.open() ?? '', proof];
      const cleaning = { secrets, base: destination.base, proxyBase: publicUrl(), handle: presented };
      const response = await parts.fetch(url, init).catch(() => {
        // The error of fetch may repeat the address with its parameters.
        throw graphError('server.away').retryIn(5);
      });
      const done = await handedOn(response, cleaning, items !== undefined);
      for (const { error } of done.outcomes) await lookAfter(row, response.status, error);
      return { ...done, outcomes: done.outcomes.slice(0, Math.max(1, lines.length)) };
    });
  }

  /** Has somebody look at the token where the server refused it. */
  async function lookAfter(row: ConnectionRow, status: number, error: LineOutcome['error']): Promise<void> {
    if (error === undefined) return;
    const body = { error: { message: '', type: '', fbtrace_id: '', ...error } };
    // The answer is what the server said, also where the database can't be told of it now.
    if (isAboutToken(new ServerRefusal(status, body))) await lookSoon(parts, row).catch(() => undefined);
  }

  function overOrUsedUp({ withdrawn_at: withdrawn, until }: HandleRow): GraphError {
    const over = withdrawn !== null || (until !== null && until <= world.clock.now());
    return over ? graphError('proxy.handle') : graphError('limit.custom').retryIn(60 - (world.clock.now() % 60));
  }

  function refusalFor(error: unknown): GraphError {
    if (error instanceof GraphError) return error;
    if (error instanceof VaultSealed || error instanceof StorageUnavailable)
      return graphError('server.away').retryIn(5);
    if (error instanceof VaultRefusal) return graphError('proxy.connection', { what: error.message });
    world.log('error', 'vault.bug', { error: wordsOf(error) });
    return graphError('server.bug');
  }

  return {
    async handle(request) {
      try {
        return await answer(request);
      } catch (error) {
        return refused(refusalFor(error), randomHex(world.random, 11), request.method === 'HEAD');
      }
    },
  };
}

/** An error in words for the log, which never repeats a token. */
const wordsOf = (error: unknown): string =>
  redact(error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Reads the items and demands a rule for everything. The refusal is handed back, so that it can be recorded. */
function judged(
  call: ProxiedCall,
  handle: HandleRow,
  presented: string,
  speaker: Speaker,
): { items: ProxiedItem[] | undefined; refusal: GraphError | undefined } {
  let items: ProxiedItem[] | undefined;
  try {
    const rules = readAllowRules(handle.allow);
    const batch = batchOf(call);
    if (batch === undefined) judge(call, rules, speaker);
    else {
      const read = readItems(batch, call.version);
      for (const { call: one } of read) {
        if (one.credential !== undefined && one.credential !== presented) throw graphError('token.two_credentials');
        judge(one, rules, speaker);
      }
      items = read;
    }
    return { items, refusal: undefined };
  } catch (error) {
    if (error instanceof GraphError) return { items, refusal: error };
    throw error;
  }
}

function speakerOf(row: ConnectionRow | undefined): Speaker {
  const kind = row?.kind ?? null;
  const subjectId = row?.subject_id ?? null;
  switch (kind === null ? undefined : 'type' in tokenKinds[kind] ? tokenKinds[kind].type : undefined) {
    case 'PAGE':
      return { kind: 'page', node: 'page', subjectId };
    case 'SYSTEM_USER':
      return { kind: 'system_user', node: 'system_user', subjectId };
    case 'APP':
      return { kind: 'app', node: 'app', subjectId };
    default:
      return { kind: 'user', node: 'user', subjectId };
  }
}

/** The headers of a program that go on. */
function headersFor(headers: Readonly<Record<string, string>>): Record<string, string> {
  const names = ['accept-language', 'if-none-match'];
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}

type HandedOn = ProxyAnswer & { outcomes: LineOutcome[] };

/** @throws GraphError proxy.answer for an answer that can't be looked through */
async function handedOn(response: Response, cleaning: Cleaning, isBatch: boolean): Promise<HandedOn> {
  const { status } = response;
  const headers = { ...usualHeaders, ...cleanHeaders(response.headers, cleaning) };
  const text = await response.text();
  if (status >= 300 && status < 400 && status !== 304) {
    const location = cleanLocation(response.headers.get('location'), cleaning);
    return { status, headers: { ...headers, location }, body: '', outcomes: [{ status, bytesOut: 0 }] };
  }
  if (text === '') return { status, headers, body: '', outcomes: [{ status, bytesOut: 0 }] };
  const value = jsonIn(text);
  const cleaned =
    isBatch && Array.isArray(value) ? value.map((slot) => cleanSlot(slot, cleaning)) : cleanValue(value, cleaning);
  const body = JSON.stringify(cleaned);
  const outcomes = isBatch && Array.isArray(value) ? value.map(outcomeOfSlot) : [outcomeOf(status, value, body.length)];
  return { status, headers, body, outcomes: outcomes.length === 0 ? [{ status, bytesOut: body.length }] : outcomes };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw graphError('proxy.answer');
  }
}

function outcomeOf(status: number, value: unknown, bytesOut: number): LineOutcome {
  return isErrorBody(value) ? { status, bytesOut, error: errorIn(value.error) } : { status, bytesOut };
}

/** A server's own numbers and words, as far as they are numbers and words. */
function errorIn({ code, error_subcode: subcode, message }: Readonly<Record<string, unknown>>): LineOutcome['error'] {
  return {
    ...(typeof code === 'number' && { code }),
    ...(typeof subcode === 'number' && { error_subcode: subcode }),
    ...(typeof message === 'string' && { message }),
  };
}

const isSlot = shape.object<{ code: number; body: string | null }>({
  code: shape.number,
  body: shape.either(shape.text, shape.nothing),
});

function outcomeOfSlot(slot: unknown): LineOutcome {
  if (!isSlot(slot)) return { status: 200, bytesOut: 0 };
  const value = slot.body === null ? undefined : parseJson(shape.anyObject, slot.body);
  return outcomeOf(slot.code, value, slot.body?.length ?? 0);
}

/** An item of the answer to a batch: its body is a text of its own. @throws GraphError proxy.answer */
function cleanSlot(slot: unknown, cleaning: Cleaning): unknown {
  if (slot === null) return null;
  if (!isSlot(slot)) throw graphError('proxy.answer');
  const { code, body } = slot;
  const headers = 'headers' in slot ? { headers: cleanItemHeaders(slot.headers, cleaning) } : {};
  return {
    code,
    ...headers,
    body: body === null || body === '' ? body : JSON.stringify(cleanValue(jsonIn(body), cleaning)),
  };
}

function refused(refusal: GraphError, traceId: string, head: boolean): ProxyAnswer {
  const headers: Record<string, string> = { ...usualHeaders, 'www-authenticate': wwwAuthenticate(refusal) };
  if (refusal.retryAfter !== undefined) headers['retry-after'] = String(refusal.retryAfter);
  return { status: refusal.status, headers, body: head ? '' : JSON.stringify(errorBody(refusal, traceId)) };
}
