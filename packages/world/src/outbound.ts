// This module is the way out to the servers of apps (threats RL-18): the name is resolved once and the connection goes
// to the very addresses that were looked at, so a name that changes its mind leads nowhere. No redirects, no proxies,
// no cookies; ten seconds and 64 KiB in all. undici is loaded at the first call.
import { isIP, type LookupFunction } from 'node:net';
import type { Wall } from '@hallpass/protocol';
import type { Dispatcher } from 'undici';
import { mayReach } from './reachable.ts';
import type { Outbound, OutboundAnswer, OutboundFault, OutboundRequest } from './world.ts';

/** Bounds of one call, and of what is under way at a time. */
export const callLimits = { ms: 10_000, bytes: 64 * 1024, headerBytes: 16 * 1024, perHost: 8, together: 128 } as const;

const RESOLVE_MS = 3000;

export interface CallsOptions {
  wall: Pick<Wall, 'ms'>;
  /** Addresses of a name, undefined for one that is not even asked for; the system's name servers by default. */
  resolve?: (name: string, reach: OutboundRequest['reach']) => Promise<readonly string[] | undefined>;
  /** Milliseconds that a call may take; ten seconds by default. */
  ms?: number;
}

export function createOutbound({ wall, resolve = addressesOf, ms = callLimits.ms }: CallsOptions): Outbound {
  const underWay = new Map<string, number>();
  let all = 0;

  async function send(request: OutboundRequest): Promise<OutboundAnswer> {
    const begun = wall.ms();
    const took = (): number => wall.ms() - begun;
    const url = URL.parse(request.url);
    const secure = url?.protocol === 'https:';
    if (
      !url ||
      (!secure && (url.protocol !== 'http:' || request.reach === 'public')) ||
      url.username !== '' ||
      url.password !== ''
    )
      return { ms: took(), fault: 'address' };
    const here = underWay.get(url.host) ?? 0;
    if (here >= callLimits.perHost || all >= callLimits.together) return { ms: took(), fault: 'busy' };
    underWay.set(url.host, here + 1);
    all++;
    const end = AbortSignal.timeout(ms);
    try {
      const addresses = await before(end, resolve(nameOf(url), request.reach));
      if (!addresses?.every((address) => mayReach(address, request.reach))) return { ms: took(), fault: 'address' };
      if (addresses.length === 0) return { ms: took(), fault: 'unreachable' };
      const answer = await exchange(url, request, addresses, end);
      return { ms: took(), ...answer };
    } catch (error) {
      return { ms: took(), fault: end.aborted ? 'timeout' : faultOf(error) };
    } finally {
      all--;
      const left = (underWay.get(url.host) ?? 1) - 1;
      if (left > 0) underWay.set(url.host, left);
      else underWay.delete(url.host);
    }
  }
  return { send };
}

/** Without the brackets of an IPv6 address and without the dot of the root. */
const nameOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

/** One connection for one call: nothing of a receiver is kept for the next one. */
async function exchange(
  url: URL,
  { method, headers, body, beginning }: OutboundRequest,
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<{ status: number; reason: string; body: string } | { fault: OutboundFault }> {
  const { Client } = await import('undici');
  const client = new Client(url.origin, {
    allowH2: false,
    connect: { lookup: pinnedTo(addresses), timeout: callLimits.ms, maxCachedSessions: 0 },
    headersTimeout: callLimits.ms,
    bodyTimeout: callLimits.ms,
    maxHeaderSize: callLimits.headerBytes,
    pipelining: 0,
  });
  try {
    const options: Dispatcher.RequestOptions = {
      method,
      path: `${url.pathname}${url.search}`,
      headers: { ...headers },
      body: body ?? null,
      signal,
    };
    const answer = await client.request(options);
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of answer.body as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > callLimits.bytes && !beginning) return { fault: 'too_large' };
      parts.push(part);
      if (beginning && size >= callLimits.bytes) break;
    }
    const read = Buffer.concat(parts).subarray(0, callLimits.bytes);
    return { status: answer.statusCode, reason: answer.statusText, body: read.toString('utf8') };
  } finally {
    // Also what is still being sent to us.
    await client.destroy().catch(() => undefined);
  }
}

/** A name is looked up once: whatever connects asks here. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const known = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_name, options, done) => {
    const [first] = known;
    if (options.all) done(null, known);
    else done(null, first?.address ?? '', first?.family);
  };
}

/**
 * The system's own list of names counts only where there is no fence. Who calls this machine alone asks no name server
 * (threats EM-05).
 */
async function addressesOf(name: string, reach: OutboundRequest['reach']): Promise<readonly string[] | undefined> {
  if (isIP(name) !== 0) return [name];
  const { lookup, Resolver } = await import('node:dns/promises');
  if (name === 'localhost' || name.endsWith('.localhost')) return ['127.0.0.1', '::1'];
  if (reach === 'local') return undefined;
  if (reach === 'any') return (await lookup(name, { all: true })).map(({ address }) => address);
  const resolver = new Resolver({ timeout: RESOLVE_MS, tries: 2 });
  const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  return found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

function before<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return Promise.race([work, promise]);
}

function faultOf(error: unknown): OutboundFault {
  const { code = '' } = error as { code?: string };
  if (/TIMEOUT|ETIMEDOUT/.test(code)) return 'timeout';
  if (/OVERFLOW|EXCEEDED/.test(code)) return 'too_large';
  return /TLS|SSL|CERT|SIGNATURE|UNABLE_TO/.test(code) ? 'tls' : 'unreachable';
}
