// The proxy for programs that ask for Meta's hosts by their names (threats EM-02): those are answered here, every other
// host is refused, or tunnelled without a look inside where that was asked for.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ProxyRequests } from '@hallpass/server';
import { join } from './join.ts';

// A named import of node:http also loads fetch and WebSocket, which takes longer than the rest of a start.
const { request: send } = process.getBuiltinModule('node:http');

interface ProxyOptions {
  /** Tells whether a host is answered here. */
  isOurs(host: string): boolean;
  /** Takes a connection to one of our hosts, once the client knows that it is made. */
  accept(connection: Duplex, port: number): void;
  /** Opens a connection to another host; without it all are refused. */
  tunnel?: Tunnel | undefined;
  /** Is told of every other host that was asked. */
  noted?(host: string, port: number, tunnelled: boolean): void;
}

/** Connects to a host of the open network. Rejects where it cannot be reached. */
export type Tunnel = (host: string, port: number) => Promise<Duplex>;

/** Ports at which our hosts answer: the one of https, and that of http. */
const ourPorts: readonly number[] = [443, 80];

const refusal = (host: string, port: number): string =>
  `Hallpass doesn't connect to ${host}:${port}. It answers for Meta's hosts on ports 443 and 80, and refuses all others. To let other hosts through, use hallpass exec --passthrough.\n`;
const unreachable = (host: string, port: number): string => `${host}:${port} can't be reached.\n`;

export function proxyRequests({ isOurs, accept, tunnel, noted }: ProxyOptions): ProxyRequests {
  async function connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // A client that goes away is nobody's error.
    socket.on('error', () => socket.destroy());
    const asked = authorityOf(request.url ?? '');
    if (!asked) return close(socket, '400 Bad Request', 'CONNECT must name a host and a port.\n');
    const { host, port } = asked;
    const ours = isOurs(host);
    if (ours && ourPorts.includes(port)) {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (head.length > 0) socket.unshift(head);
      return accept(socket, port);
    }
    const open = ours ? undefined : tunnel;
    noted?.(host, port, open !== undefined);
    if (!open) return close(socket, '403 Forbidden', refusal(host, port));
    try {
      const far = await open(host, port);
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (head.length > 0) far.write(head);
      join(socket, far);
    } catch {
      close(socket, '502 Bad Gateway', unreachable(host, port));
    }
  }

  function forward(request: IncomingMessage, response: ServerResponse): boolean {
    const url = URL.parse(request.url ?? '');
    const host = url?.hostname ?? '';
    const port = Number(url?.port) || (url?.protocol === 'https:' ? 443 : 80);
    if (url && isOurs(host) && ourPorts.includes(port)) return false;
    const open = url?.protocol === 'http:' && !isOurs(host) ? tunnel : undefined;
    noted?.(host, port, open !== undefined);
    const refuse = (status: number, words: string): void => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(words);
    };
    if (url === null || !open) {
      refuse(403, refusal(host, port));
      return true;
    }
    open(host, port).then(
      (far) => {
        const { 'proxy-connection': _, 'proxy-authorization': __, ...headers } = request.headers;
        const onward = send({
          createConnection: () => far,
          method: request.method,
          path: url.pathname + url.search,
          headers: { ...headers, connection: 'close' },
          setHost: false,
        });
        onward.on('response', (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
          answer.pipe(response);
        });
        onward.on('error', () => (response.headersSent ? response.destroy() : refuse(502, unreachable(host, port))));
        request.pipe(onward);
      },
      () => refuse(502, unreachable(host, port)),
    );
    return true;
  }

  return { connect: (request, socket, head) => void connect(request, socket, head), forward };
}

/** `host:port` of a CONNECT, the host in lower case; brackets of an IPv6 address are left out. */
function authorityOf(target: string): { host: string; port: number } | undefined {
  const [, bracketed, name, digits] = /^(?:\[([0-9a-f:.]+)\]|([^\s:/?#@[\]]{1,253})):(\d{1,5})$/i.exec(target) ?? [];
  const port = Number(digits);
  const host = (bracketed ?? name)?.toLowerCase().replace(/\.$/, '');
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

function close(socket: Duplex, status: string, words: string): void {
  const head = `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(words)}\r\nConnection: close\r\n\r\n`;
  socket.end(head + words);
}
