// Receives the answer of a dialog at an address of this machine (RFC 8252, section 7.3). Only the answer with the state
// of this log-in counts: other programs and pages reach the address too. An answer in the fragment, which no server
// sees, is sent on by a script of our page, which takes it out of the address first.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

const HOST = '127.0.0.1';
/** Longest answer in bytes. */
const LONGEST = 65_536;

interface Loopback {
  /** The address to name as `redirect_uri`. */
  redirectUri: string;
  /** The answer: its query and its fragment in one. Rejects with the reason of the signal. */
  answer: Promise<URLSearchParams>;
  close(): Promise<void>;
}

interface LoopbackOptions {
  /** The answer must carry this. */
  state: string;
  /** `/callback`; the app has registered `http://127.0.0.1` with this path. */
  path: string;
  /** Names the style and script of the page in its policy. */
  nonce: string;
  signal?: AbortSignal | undefined;
}

/** Opens a free port. */
export async function openLoopback({ state, path, nonce, signal }: LoopbackOptions): Promise<Loopback> {
  const { promise: answer, resolve, reject } = Promise.withResolvers<URLSearchParams>();
  answer.catch(() => undefined);
  let port = 0;
  const server = createServer((request, response) => {
    void receive(request, response).catch(() => response.destroy());
  });
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = `${HOST}:${port}`;
    const url = URL.parse(request.url ?? '', `http://${host}`);
    if (request.headers.host !== host || url?.pathname !== path)
      return send(response, 404, page(nonce, 'There is nothing here.'));
    if (request.method === 'GET' && url.searchParams.get('state') === null)
      return send(response, 200, page(nonce, 'One moment …', passOn));
    if (request.method === 'POST' && request.headers.origin !== `http://${host}`)
      return send(response, 403, page(nonce, 'This answer comes from another page.'));
    const given = request.method === 'POST' ? new URLSearchParams(await bodyOf(request)) : url.searchParams;
    if (given.get('state') !== state) return send(response, 400, page(nonce, 'This answer belongs to another log-in.'));
    await send(response, 200, page(nonce, 'You can close this window and go back to your program.', clean));
    resolve(given);
  };
  port = await listen(server);
  const stop = (): void => reject(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return {
    redirectUri: `http://${HOST}:${port}${path}`,
    answer,
    async close() {
      signal?.removeEventListener('abort', stop);
      await new Promise((done) => {
        server.close(done);
        server.closeIdleConnections();
      });
    },
  };

  function send(response: ServerResponse, status: number, html: string): Promise<void> {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'`,
      connection: 'close',
    });
    return new Promise((done) => void response.end(html, done));
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      if (typeof address === 'object' && address) resolve(address.port);
      else reject(new Error('The port of the log-in is not known.'));
    });
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    length += part.length;
    if (length > LONGEST) throw new RangeError('The answer is too long.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Takes the answer out of the address, and sends it to this program. */
const passOn = `const answer = location.hash.slice(1);
history.replaceState(null, '', location.pathname);
const said = document.querySelector('p');
if (answer === '') said.textContent = 'The log-in gave no answer.';
else fetch(location.pathname, { method: 'POST', body: answer }).then((reply) => reply.text()).then((text) => {
  said.textContent = new DOMParser().parseFromString(text, 'text/html').querySelector('p').textContent;
}, () => { said.textContent = 'The program has ended: begin the log-in again.'; });`;

/** Takes the answer out of the address. */
const clean = `history.replaceState(null, '', location.pathname);`;

const page = (nonce: string, text: string, script = ''): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Log-in</title><meta name="viewport" content="width=device-width">
<style nonce="${nonce}">body{font:1.1rem/1.5 system-ui,sans-serif;margin:15vh auto 0;max-width:30rem;padding:0 1rem;color-scheme:light dark}</style>
<p role="status">${text}</p>${script === '' ? '' : `<script nonce="${nonce}">${script}</script>`}
`;
