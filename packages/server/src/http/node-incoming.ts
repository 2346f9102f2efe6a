// Reads a request of node:http as an HttpRequest. Header lists are read as they came, because node:http drops repeated ones in
// silence.
import type { IncomingMessage } from 'node:http';
import { type GraphError, graphError } from '@hallpass/protocol';
import { limits } from '@hallpass/protocol/request';
import { canonicalAddress } from '../networks.ts';
import { clientAddress, type ProxyTest } from '../wire/address.ts';
import type { HttpRequest } from '../wire/call.ts';

/** Header names are few; spelling them in lower case is remembered. */
const lowerCase = new Map<string, string>();
const REMEMBERED = 500;

function lower(name: string): string {
  const known = lowerCase.get(name);
  if (known !== undefined) return known;
  const text = name.toLowerCase();
  if (lowerCase.size < REMEMBERED && name.length < 50) lowerCase.set(name, text);
  return text;
}

/** Lower-case names; a header that came twice is joined by `, `, cookies by `; `. Throws where there are too many. */
export function readHeaders(raw: readonly string[]): Record<string, string> {
  if (raw.length > 2 * limits.headers) throw graphError('param.headers_too_large');
  const headers = Object.create(null) as Record<string, string>;
  for (let at = 0; at < raw.length; at += 2) {
    const name = lower(raw[at] ?? '');
    const value = raw[at + 1] ?? '';
    const before = headers[name];
    if (before === undefined) headers[name] = value;
    else if (name === 'host') throw graphError('param.request');
    else headers[name] = `${before}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
}

/** These say how much of what a peer tells about a request is believed. */
interface Peers {
  /** Peers whose `X-Forwarded-…` counts. */
  trusted: ProxyTest;
  /** The request was sent to us as a proxy: its target says with which scheme it would have gone on. */
  proxied: boolean;
}

/** Tells whether a request target has scheme and host in it, as requests to a proxy have. */
export const isAbsolute = (url: string): boolean => /^https?:\/\//i.test(url);

/** Everything but the body. throws a GraphError. */
export function incomingOf(
  request: IncomingMessage,
  headers: Record<string, string>,
  { trusted, proxied }: Peers,
  body: Uint8Array,
): HttpRequest {
  if (headers.host === undefined && request.httpVersion !== '1.0') throw graphError('param.request');
  const url = target(request.url ?? '', headers.host ?? '');
  const ask = url.indexOf('?');
  const socket = request.socket;
  const peer = socket.remoteAddress ?? '';
  const forwarded = headers['x-forwarded-for'] !== undefined || headers['x-forwarded-proto'] !== undefined;
  const behind = forwarded && trusted(canonicalAddress(peer) ?? peer);
  const secure =
    'encrypted' in socket ||
    (proxied && /^https:/i.test(request.url ?? '')) ||
    (behind && headers['x-forwarded-proto']?.split(',').at(-1)?.trim().toLowerCase() === 'https');
  return {
    method: request.method ?? '',
    host: (headers.host ?? '').toLowerCase(),
    scheme: secure ? 'https' : 'http',
    path: ask < 0 ? url : url.slice(0, ask),
    query: ask < 0 ? '' : url.slice(ask + 1),
    headers,
    body,
    address: behind
      ? clientAddress(peer, headers['x-forwarded-for'], trusted)
      : peer.startsWith('::')
        ? (canonicalAddress(peer) ?? peer)
        : peer,
  };
}

/**
 * The request target: at most 16 KiB of ASCII (node:http lets no other byte pass). An absolute one must name the very
 * host that the Host header names, which is then judged like any other (RFC 9112, section 3.2.2; threats WP-11).
 */
function target(url: string, host: string): string {
  if (url.length > limits.requestLine) throw graphError('param.url_too_large');
  if (url[0] === '/' || url === '*') return url;
  const [whole = '', authority = ''] = /^https?:\/\/([^/?#]*)(?=[/?]|$)/i.exec(url) ?? [];
  if (authority === '' || authority.toLowerCase() !== host.toLowerCase()) throw misdirected(url);
  const rest = url.slice(whole.length);
  return rest[0] === '/' ? rest : `/${rest}`;
}

function misdirected(url: string): GraphError {
  return isAbsolute(url) ? graphError('host.unknown') : graphError('param.request');
}
