// The front of the emulator: TLS under Meta's names, and the proxy by which programs come to it. It knows no world; what
// it takes goes on to a listener as plain HTTP.
import type { Duplex } from 'node:stream';
import { createServer, createSecureContext, type SecureContext, type Server } from 'node:tls';
import { DAY, isMetaHost, metaDomain, metaHosts, metaScriptHost } from '@hallpass/protocol';
import type { ProxyRequests } from '@hallpass/server';
import { type Authority, makeHostCertificate, type Surroundings } from './certificate.ts';
import { proxyRequests, type Tunnel } from './proxy.ts';

export interface FrontOptions {
  /** The authority that signs for the hosts now. It is asked at every connection: another one may have been made. */
  authority(): Authority;
  /** Opens other hosts for those that ask; without it they are refused. */
  tunnel?: Tunnel | undefined;
  /** Is told what came of connections that no request was answered on. */
  noted?: ((event: FrontEvent) => void) | undefined;
}

/**
 * `refused_host`, `tunnelled_host`: a host that is not Meta's was asked. `untrusted`: a program ended the connection
 * before its first request, most likely because it does not trust the authority. `no_authority`: there is none that
 * could sign; the host says why.
 */
export interface FrontEvent {
  name: 'refused_host' | 'tunnelled_host' | 'untrusted' | 'no_authority';
  host: string;
  /** 0 where only the name was asked for. */
  port: number;
}

interface Front {
  /** Makes a listener a proxy. */
  proxy: ProxyRequests;
  /** Takes a connection to one of the hosts: with TLS on 443, without on 80. */
  accept(connection: Duplex, port: number): void;
  close(): void;
}

/** Settings of a server that answers under Meta's names. */
export const hostSettings = {
  baseDomain: metaDomain,
  extraHosts: [metaScriptHost],
  // A `hallpass exec` that joined says which scheme its command asked with.
  trustedProxies: ['127.0.0.1', '::1'],
};

/** @param pass takes the plain HTTP that is left when TLS has ended */
export function createFront(
  { authority, tunnel, noted }: FrontOptions,
  surroundings: () => Surroundings,
  pass: (connection: Duplex) => void,
): Front {
  /** Certificates are made when the first program asks for one. */
  let tls: Server | undefined;
  const openTls = (): Server => {
    const contexts = contextsOf(authority, surroundings);
    const opened = createServer({
      ALPNProtocols: ['http/1.1'],
      SNICallback: (_name, done) => done(null, contexts()),
      // Clients that name no host get the same certificate.
      ...contexts.first(),
    });
    opened.on('secureConnection', (connection) => {
      connection.on('error', () => connection.destroy());
      pass(connection);
    });
    opened.on('tlsClientError', (_error, connection) => {
      noted?.({ name: 'untrusted', host: connection.servername || 'a host without a name', port: 443 });
      connection.destroy();
    });
    return opened;
  };
  const accept: Front['accept'] = (connection, port) => {
    if (port !== 443) return pass(connection);
    try {
      (tls ??= openTls()).emit('connection', connection);
    } catch (error) {
      noted?.({ name: 'no_authority', host: error instanceof Error ? error.message : 'unexpected error', port });
      connection.destroy();
    }
  };
  return {
    accept,
    proxy: proxyRequests({
      isOurs: isMetaHost,
      accept,
      tunnel,
      noted: (host, port, tunnelled) => noted?.({ name: tunnelled ? 'tunnelled_host' : 'refused_host', host, port }),
    }),
    close: () => void tls?.close(),
  };
}

/** A certificate is made anew when the authority is another one, and every day. */
const RENEWED_AFTER = DAY;

function contextsOf(authority: FrontOptions['authority'], surroundings: () => Surroundings) {
  let made: { by: string; at: number; context: SecureContext } | undefined;
  const certificate = () => makeHostCertificate(authority(), metaHosts, surroundings());
  const now = (): SecureContext => {
    const by = authority().certificate;
    const at = surroundings().now;
    if (made?.by !== by || at - made.at > RENEWED_AFTER) made = { by, at, context: createSecureContext(certificate()) };
    return made.context;
  };
  return Object.assign(now, { first: certificate });
}
