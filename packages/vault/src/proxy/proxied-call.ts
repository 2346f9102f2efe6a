// One call as the proxy understands it. It is read by the reader of the Graph itself, judged, and written anew from what
// was read: not one byte of a request goes on as it came, so nothing is judged as one thing and understood as another.
import { type GraphError, graphError, type Version } from '@hallpass/protocol';
import {
  demandVerb,
  emptyGathered,
  type FieldRequest,
  type GatheredParams,
  limits,
  type Method,
  methodNamed,
  parseFields,
  type ParamValue,
  printFields,
  readBodyBytes,
  readContentType,
  readForm,
  readPath,
  takeAuthorization,
} from '@hallpass/protocol/request';
import { isRefusedParameter } from '../handles/never-allowed.ts';

/** A request as it came; an answer of a socket, a test or an item of a batch makes one. */
export interface ProxyRequest {
  method: string;
  /** Not decoded, without the query. */
  path: string;
  /** Without `?`; empty where there is none. */
  query: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

export interface ProxiedCall {
  method: Method;
  /** HEAD is answered without a body. */
  head: boolean;
  version: Version | undefined;
  segments: readonly string[];
  params: Readonly<Record<string, ParamValue>>;
  fields: readonly FieldRequest[];
  /** The text that was presented as a token. */
  credential: string | undefined;
}

/** Some servers read dots and spaces in names as `_`: such a name could become another one behind the proxy. */
const usualName = /^[A-Za-z0-9_-]+$/;
/** Parameters that decide what a call is about. */
const decides: ReadonlySet<string> = new Set(['batch', 'callback', 'fields', 'id', 'ids', 'method']);

/** The refusal of what can't be judged: nobody could say what it would do. */
export const unjudged = (what: string): GraphError => graphError('proxy.unjudged', { what });

/** @throws GraphError for what no Graph understands, and for what can't be judged */
export function readCall({ method, path, query, headers, body }: ProxyRequest, inBatch = false): ProxiedCall {
  demandVerb(method, inBatch);
  const { version, segments } = readPath(path);
  const found = emptyGathered(segments[0] === 'oauth');
  readForm(query, 'query', found);
  if (body.length > limits.body) throw graphError('param.body_too_large');
  if (!['', 'identity'].includes(headers['content-encoding'] ?? '')) throw graphError('param.encoding');
  if (body.length > 0) readBodyBytes(body, readContentType(headers['content-type']), found);
  const basic = headers['authorization'] === undefined ? undefined : takeAuthorization(headers['authorization'], found);
  if (basic !== undefined) throw unjudged('a client id with its secret');
  if (found.callback !== undefined) throw unjudged('`callback`');
  const params = withSwitches(found);
  const verb = method === 'HEAD' ? 'GET' : found.method === undefined ? verbOf(method) : methodNamed(found.method);
  if (Object.keys(found.files).length > 0) throw unjudged('a file');
  for (const name of Object.keys(found.params)) {
    if (isRefusedParameter(name)) throw graphError('proxy.gives_tokens', { what: `the parameter ${name}` });
    if (!usualName.test(name) || (decides.has(name.toLowerCase()) && !decides.has(name)))
      throw unjudged('a parameter whose name servers read in more than one way');
  }
  const isBatch = segments.length === 0 && verb === 'POST';
  if (found.params['batch'] !== undefined && !isBatch) throw unjudged('`batch` elsewhere than in POST /');
  const { fields: written } = found.params;
  const fields = written === undefined || written === '' || written === null ? [] : parseFields(written);
  const { token } = found;
  return {
    method: verb,
    head: method === 'HEAD',
    version,
    segments,
    params: fields.length > 0 ? { ...params, fields: printFields(fields) } : params,
    fields,
    credential: token === '' ? undefined : token,
  };
}

const verbOf = (method: string): Method => (method === 'POST' || method === 'DELETE' ? method : 'GET');

/** The parameters with the switches that change how an answer is written. A proof of the program's own is left out. */
function withSwitches(found: GatheredParams): Record<string, ParamValue> {
  const { suppressHttpCode, pretty, debug, metadata, summary } = found;
  const switches = { suppress_http_code: suppressHttpCode, pretty, debug, metadata, summary };
  const given = Object.entries(switches).filter(([, value]) => value !== undefined);
  return { ...found.params, ...Object.fromEntries(given) } as Record<string, ParamValue>;
}
