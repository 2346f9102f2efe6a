// The way to other hosts with --passthrough: as it was before, by the proxy that the person had set, or directly.
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Tunnel } from '@hallpass/emulator/front';

// A named import of node:http also loads fetch and WebSocket, which takes longer than the rest of a start.
const { request } = process.getBuiltinModule('node:http');

/** @param direct opens a connection without a proxy */
export function upstreamTunnel(env: Readonly<Record<string, string | undefined>>, direct: Tunnel): Tunnel {
  const upstream = proxyIn(env);
  return upstream ? (host, port) => throughProxy(upstream, host, port, direct) : direct;
}

/** The http proxy that was set; one of another kind is not used. */
function proxyIn(env: Readonly<Record<string, string | undefined>>): URL | undefined {
  const value = env['HTTPS_PROXY'] || env['https_proxy'] || env['ALL_PROXY'] || env['all_proxy'];
  const url = value ? URL.parse(value.includes('://') ? value : `http://${value}`) : null;
  return url?.protocol === 'http:' ? url : undefined;
}

async function throughProxy(proxy: URL, host: string, port: number, direct: Tunnel): Promise<Duplex> {
  const connection = await direct(proxy.hostname, Number(proxy.port) || 80);
  const account = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const asked = request({
    createConnection: () => connection,
    method: 'CONNECT',
    path: `${host}:${port}`,
    headers: {
      host: `${host}:${port}`,
      ...(proxy.username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(account).toString('base64')}` }),
    },
  });
  asked.end();
  const [response, socket, head] = await once(asked, 'connect');
  if (response.statusCode !== 200) {
    socket.destroy();
    throw new Error(`The proxy refused ${host}:${port}.`);
  }
  if (head.length > 0) socket.unshift(head);
  return socket;
}
