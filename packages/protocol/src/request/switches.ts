// A verb that a parameter names, and the switches that change how an answer is written.
import { graphError } from '../errors/refusal.ts';
import type { GatheredParams } from './gather.ts';
import type { Envelope, Method } from './values.ts';
import { unsupported } from './verbs.ts';

/** `method=` in the parameters stands in for the verb; browser SDKs always send it, and their `put` is a POST. */
export function methodNamed(name: string): Method {
  switch (name.toLowerCase()) {
    case 'get':
      return 'GET';
    case 'post':
    case 'put':
      return 'POST';
    case 'delete':
      return 'DELETE';
    default:
      throw unsupported(name);
  }
}

/** A call without any switch gets this; shared, so frozen. */
export const plainEnvelope: Envelope = Object.freeze({
  suppressHttpCode: false,
  pretty: false,
  callback: undefined,
  debug: undefined,
  metadata: false,
  summary: undefined,
});

const functionName = /^[A-Za-z_$][\w$.]{0,99}$/;

/** True for a name that a JSONP answer may call. */
export function isFunctionName(name: string): boolean {
  return functionName.test(name);
}

/** Reads a switch of the envelope. */
export function isOn(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}

/** @throws GraphError param.invalid for a `callback` that is no name of a function */
export function envelopeOf(found: GatheredParams): Envelope {
  const { suppressHttpCode, pretty, callback, debug, metadata, summary } = found;
  if ((suppressHttpCode ?? pretty ?? callback ?? debug ?? metadata ?? summary) === undefined) return plainEnvelope;
  if (callback !== undefined && !functionName.test(callback)) throw graphError('param.invalid', { name: 'callback' });
  return {
    suppressHttpCode: isOn(suppressHttpCode),
    pretty: isOn(pretty),
    callback,
    debug: debug === 'all' || debug === 'info' || debug === 'warning' ? debug : undefined,
    metadata: isOn(metadata),
    summary,
  };
}
