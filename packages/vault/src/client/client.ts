// A typed client of the REST interface of a vault. It runs anywhere, and takes `fetch` as an argument.
import type { Fetch } from '@hallpass/client';
import { entriesOf, shape } from '@hallpass/protocol';
import type { Answers } from './answers.ts';
import type { Call } from './calls/call.ts';
import { type CallName, calls } from './calls.ts';
import type { InputOf } from './fields.ts';
import { LINES, type Progress, readLines } from './progress-lines.ts';

export type { App } from './answers/apps.ts';
export type { AskedConnection, DiscoveredPages, DialogLink } from './answers/connect.ts';
export type {
  Connection,
  ConnectionDetails,
  ConnectionEvent,
  ConnectionPage,
  ListedConnection,
  RelatedConnection,
} from './answers/connections.ts';
export type { DeliveryAnswer, WebhookAnswer } from './answers/deliveries.ts';
export type { Handle, HandleCall, ScopeReportAnswer } from './answers/handles.ts';
export type { ApiKeyAnswer, SealingKey } from './answers/keys.ts';
export type { MailSettings } from './answers/mail.ts';
export type { Finding, Snapshot } from './answers/operations.ts';
export type { Overview, Timeline, TimelineEnd, WouldEnd } from './answers/overview.ts';
export type { ImportedToken } from './answers/tokens.ts';
export { type ActName, actNames } from './acts.ts';
export { type EventKind, eventKinds } from '../event-kinds.ts';
export { kindOf, type TokenKindName, tokenKinds } from '../kinds.ts';
export { repairOf } from '../repairs.ts';
export { type HolderState, holderStates, isWorking } from '../states.ts';
export { type CallName, calls } from './calls.ts';
export type { ConsoleSession } from './console-session.ts';
export { LINES, type Progress } from './progress-lines.ts';
export { type Right, rights } from './rights.ts';
export type { SnapshotConnection } from './snapshot.ts';

/** A call that the vault refused, or an answer that is none of a vault. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  /** Status over HTTP. */
  readonly status: number;
  /** A word: `unknown_connection`, `sealed`, `no_right`. */
  readonly reason: string;

  constructor(message: string, { status, reason }: { status: number; reason: string }) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

type CallInput<K extends CallName> = InputOf<(typeof calls)[K]['fields']>;

/** One function for each call; what needs no field may be called without any. */
export type VaultClient = {
  [K in CallName]: Record<never, never> extends CallInput<K>
    ? (input?: CallInput<K>) => Promise<Answers[K]>
    : (input: CallInput<K>) => Promise<Answers[K]>;
};

export interface VaultClientOptions {
  /** The address of the service, such as `https://vault.example.com`. */
  base: string;
  /** A key of the service; absent in a browser that is signed in to the console. */
  key?: string;
  /** The `fetch` of this place when it is not given. */
  fetch?: Fetch;
  /** Is told how far a long call is: an import, a sweep, a change of keys. */
  progress?: Progress;
}

/** A refusal of the vault; the server before it gives no reason. */
const refusal = shape.object<{ error: { message: string; reason?: string | undefined } }>({
  error: shape.object<{ message: string; reason?: string | undefined }>({
    message: shape.text,
    reason: shape.optional(shape.text),
  }),
});

/** Every function rejects with `VaultError` where the vault refuses, and with what `fetch` throws. */
export function createVaultClient({
  base,
  key,
  fetch: ask = (url, init) => fetch(url, init),
  progress,
}: VaultClientOptions): VaultClient {
  const root = base.endsWith('/') ? base.slice(0, -1) : base;

  async function run(call: Call, input: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
    const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = rest.get(name);
      rest.delete(name);
      return encodeURIComponent(String(value));
    });
    const inQuery = call.method === 'GET' || call.method === 'DELETE';
    const query = new URLSearchParams();
    if (inQuery) for (const [name, value] of rest) query.set(name, String(value));
    const response = await ask(`${root}${path}${query.size > 0 ? `?${query}` : ''}`, {
      redirect: 'manual',
      method: call.method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(inQuery ? {} : { 'content-type': 'application/json' }),
        ...(call.long && progress ? { accept: LINES } : {}),
      },
      ...(inQuery ? {} : { body: JSON.stringify(Object.fromEntries(rest)) }),
    });
    const { status, answer } = await answerOf(response, progress);
    if (status < 300 && shape.anyObject(answer)) return answer;
    if (refusal(answer)) {
      const { message, reason } = answer.error;
      if (reason !== undefined) throw new VaultError(message, { status, reason });
      throw new VaultError(`${root} answered: ${message}`, { status, reason: 'refused' });
    }
    throw new VaultError(`${root} didn't answer like a vault.`, {
      status,
      reason: 'no_vault',
    });
  }

  async function answerOf(
    response: Response,
    told: Progress = () => undefined,
  ): Promise<{ status: number; answer?: unknown }> {
    const { status, body } = response;
    const inLines = body !== null && response.headers.get('content-type') === LINES;
    if (!inLines) return { status, answer: await response.json().catch(() => undefined) };
    return (await readLines(body, told)) ?? { status: 502 };
  }

  const functions = entriesOf(calls).map(([name, call]) => [
    name,
    (input?: Readonly<Record<string, unknown>>) => run(call, input),
  ]);
  // The table has a call for each name, and the service checks its answers against the same types.
  return Object.fromEntries(functions) as VaultClient;
}
