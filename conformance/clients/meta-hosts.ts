// This module puts Meta's host names on this machine, in this process only: a TLS front with a throw-away certificate
// that forwards to a world. Clients keep the addresses that are written in them; nothing in them is touched.
import { createHash, X509Certificate } from 'node:crypto';
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { type ConformanceWorld, openWorld, type WorldOptions } from '../src/stage/world.ts';
import { makeCertificate } from './certificate.ts';

const labels = ['graph', 'graph-video', 'www', 'm', 'limited', 'api', 'business', 'developers', 'staticxx'];
const metaHosts = [...labels.map((label) => `${label}.facebook.com`), 'facebook.com', 'connect.facebook.net'];

export interface MetaHosts {
  world: ConformanceWorld;
  /** Arguments for Chromium, so that it meets the same hosts. */
  chromium: string[];
  close(): Promise<void>;
}

/** Websites of apps, by their host: each answers over TLS on a name of its own, as the platform does. */
type Sites = Readonly<Record<string, (asked: IncomingMessage, answered: ServerResponse) => void>>;

/**
 * Opens a world of the present moment (clients look at their own clock) behind Meta's names, which this process finds
 * from now on.
 */
export async function openMetaHosts(options: WorldOptions = {}, sites: Sites = {}): Promise<MetaHosts> {
  const settings = {
    baseDomain: 'facebook.com',
    extraHosts: ['connect.facebook.net'],
    trustedProxies: ['127.0.0.1', '::1'],
    ...options.settings,
  };
  const world = await openWorld('over HTTP', { at: Math.floor(Date.now() / 1000), ...options, settings });
  const names = [...metaHosts, ...Object.keys(sites)];
  const certificate = makeCertificate(names);
  const agent = new Agent({ keepAlive: true });
  const inner = new URL(world.url);
  const front = createServer(certificate, (asked, answered) => {
    const site = sites[asked.headers.host ?? ''];
    if (site) return site(asked, answered);
    const headers = {
      ...asked.headers,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': asked.socket.remoteAddress ?? '',
    };
    const forwarded = request(
      { agent, host: '127.0.0.1', port: inner.port, method: asked.method, path: asked.url, headers, setHost: false },
      (reply) => {
        answered.writeHead(reply.statusCode ?? 502, reply.rawHeaders);
        reply.pipe(answered);
      },
    );
    forwarded.on('error', () => answered.destroy());
    asked.pipe(forwarded);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo;
  const restore = mapNames(port, certificate.cert);
  const key = createHash('sha256')
    .update(new X509Certificate(certificate.cert).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  return {
    world,
    chromium: [
      `--host-resolver-rules=${names.map((name) => `MAP ${name}:443 127.0.0.1:${port}`).join(', ')}`,
      `--ignore-certificate-errors-spki-list=${key}`,
    ],
    async close() {
      restore();
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      agent.destroy();
      await world.close();
    },
  };
}

/** From now on TLS connections of this process to Meta's names go to `port` here, and the certificate is trusted. */
function mapNames(port: number, cert: string): () => void {
  const before = tls.getCACertificates();
  tls.setDefaultCACertificates([...before, cert]);
  const connect = tls.connect;
  const mapped = (...args: unknown[]): tls.TLSSocket => {
    const [options] = args as [tls.ConnectionOptions | undefined];
    if (typeof options === 'object' && metaHosts.includes(options.host ?? ''))
      args[0] = { ...options, servername: options.servername ?? options.host, host: '127.0.0.1', port };
    return (connect as (...all: unknown[]) => tls.TLSSocket)(...args);
  };
  tls.connect = mapped as typeof tls.connect;
  return () => {
    tls.connect = connect;
    tls.setDefaultCACertificates(before);
  };
}
