// A call of a program is read from its request and its answer. Credentials are left out of all that is shown; the token itself is kept beside it, for the question why the call was answered as it was.
import { parseJson, redact, shape } from '@hallpass/protocol';
import { FAULT_HEADER, type HttpRequest, type HttpResponse, type Server } from '@hallpass/server';
import { openSealed } from '@hallpass/server/testing';
import { paramsOf } from '../worlds/which-world.ts';

interface CallError {
  message: string;
  type?: string | undefined;
  code: number;
  error_subcode?: number | undefined;
}

/** A call as it is shown. */
export interface CallFacts {
  method: string;
  /** Path and query, without a credential. */
  path: string;
  /** Parameters of the body, without a credential. */
  params: Readonly<Record<string, string>>;
  version: string;
  status: number;
  traceId: string;
  error?: CallError | undefined;
  /** The number of calls in a batch, and of those that were refused. */
  batch?: { calls: number; refused: number } | undefined;
  /** The kind of the token, `app` for one of an app and for a client token; undefined where none can be read. */
  tokenKind: string | undefined;
  app: string | undefined;
  person: string | undefined;
  page: string | undefined;
  /** The order of a fault that this answer followed. */
  fault: string | undefined;
}

/** The parts of a call that are never shown, with which it can be made again. */
interface CallSecrets {
  token: string | undefined;
  proof: string | undefined;
  /** Path and parameters without the token and the proof. */
  call: string;
}

export interface ReadCall {
  facts: CallFacts;
  secrets: CallSecrets;
}

/** Longer paths and values are cut, so that what is shown is bounded. */
const LONGEST = 4000;
const MOST_PARAMS = 40;
/** Longer bodies are not kept: neither their parameters nor an error in them is shown. */
const LONGEST_BODY = 16 * 1024;

/** The request and its answer as far as they are worth keeping. */
export function withoutLongBodies(incoming: HttpRequest, response: HttpResponse): [HttpRequest, HttpResponse] {
  const body = incoming.body.length > LONGEST_BODY ? new Uint8Array(0) : incoming.body;
  return [{ ...incoming, body }, response.body.length > LONGEST_BODY ? { ...response, body: '' } : response];
}

/** True for a call of the Graph by a program: our own pages and doors are none. */
export const isProgramCall = ({ path }: HttpRequest, { headers }: HttpResponse): boolean =>
  headers['x-fb-trace-id'] !== undefined && !path.startsWith('/console/');

/** @returns what is shown of a call, and what is not */
export function readCall(incoming: HttpRequest, response: HttpResponse, server: Server): ReadCall {
  const sent = [...paramsOf(incoming)];
  const token = tokenOf(incoming, sent);
  const proof = sent.find(([name]) => name === 'appsecret_proof')?.[1];
  const others = sent.filter(([name]) => name !== 'access_token' && name !== 'appsecret_proof');
  const holder = holderOf(token, server);
  const client = others.find(([name]) => name === 'client_id')?.[1];
  const { path, query, method, headers } = incoming;
  const inQuery = new URLSearchParams(query);
  return {
    facts: {
      method,
      path: redact(path + shownQuery(query)).slice(0, LONGEST),
      params: Object.fromEntries(
        sent
          .filter(([name, value]) => inQuery.get(name) !== value && name !== 'access_token')
          .slice(0, MOST_PARAMS)
          .map(([name, value]) => [name, shownValue(name, value)]),
      ),
      version: String(response.headers['facebook-api-version'] ?? ''),
      status: response.status,
      traceId: String(response.headers['x-fb-trace-id'] ?? ''),
      ...outcomeOf(response),
      ...holder,
      app: holder.app ?? client,
      fault: faultOf(response),
    },
    secrets: {
      token: token ?? (headers.authorization === undefined ? undefined : ''),
      proof,
      call: `${path.replace(/^\/+/, '')}?${new URLSearchParams(others)}`.slice(0, LONGEST),
    },
  };
}

/** A value that stands behind the name of a credential is one, whatever it looks like. */
const shownValue = (name: string, value: string): string =>
  redact(`${name}=${value}`).slice(name.length + 1, name.length + 1 + LONGEST);

/** The query as people read it, without the token and its proof; what cannot be decoded stays as it came. */
function shownQuery(query: string): string {
  const kept = query.split('&').filter((pair) => pair !== '' && !/^(?:access_token|appsecret_proof)=/.test(pair));
  if (kept.length === 0) return '';
  try {
    return `?${decodeURIComponent(kept.join('&').replaceAll('+', ' '))}`;
  } catch {
    return `?${kept.join('&')}`;
  }
}

function tokenOf({ headers }: HttpRequest, sent: readonly [string, string][]): string | undefined {
  const [, inHeader] = /^(?:Bearer|OAuth|DPoP) +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return inHeader ?? sent.find(([name]) => name === 'access_token')?.[1];
}

function holderOf(
  token: string | undefined,
  { installation }: Server,
): Pick<CallFacts, 'tokenKind' | 'app' | 'person' | 'page'> {
  const none = { tokenKind: undefined, app: undefined, person: undefined, page: undefined };
  const [, app] = /^(\d{1,20})\|/.exec(token ?? '') ?? [];
  if (app !== undefined) return { ...none, tokenKind: 'app', app };
  const opened = token === undefined ? undefined : openSealed(installation.ring(), token);
  if (!opened?.ok) return none;
  const { kind, app: of, user, page } = opened.record;
  return { tokenKind: kind, app: of, person: user, page };
}

function faultOf({ headers }: HttpResponse): string | undefined {
  const order = headers[FAULT_HEADER];
  return typeof order === 'string' ? order : undefined;
}

const errorShape = shape.object<CallError>({
  message: shape.text,
  type: shape.optional(shape.text),
  code: shape.number,
  error_subcode: shape.optional(shape.number),
});
const answerShape = shape.object<{ error: CallError }>({ error: errorShape });
const batchShape = shape.listOf(shape.either(shape.object<{ code: number }>({ code: shape.number }), shape.nothing));

function outcomeOf({ status, body, headers }: HttpResponse): Pick<CallFacts, 'error' | 'batch'> {
  if (!/json|javascript/.test(String(headers['content-type'] ?? ''))) return {};
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  if (text.startsWith('[')) {
    const items = parseJson(batchShape, text);
    return items
      ? { batch: { calls: items.length, refused: items.filter((item) => (item?.code ?? 200) >= 400).length } }
      : {};
  }
  if (status < 400 && !text.includes('"error"')) return {};
  const error = parseJson(answerShape, text)?.error;
  return error ? { error: { ...error, message: redact(error.message) } } : {};
}
