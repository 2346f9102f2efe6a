// A vault on SQLite that is served hears its operator at a socket in its data directory, so that nobody has to stop the
// service for a command: the calls of the service with every right, the keys of the service, and a backup. Only the owner
// of the directory (mode 0700, the socket 0600) and root can connect; they could read and write the database all the same.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseJson } from '@hallpass/protocol';
import type { Service, Vault } from '@hallpass/vault';
import { LINES } from '@hallpass/vault/client';
import { readUpTo } from '@hallpass/world';
import { listenAtSocket } from '../operator/listen-at-socket.ts';
import { endingOf } from '../exit.ts';
import type { Outside } from '../surroundings/outside.ts';
import { apiKeyActShape, carryOutApiKeyAct } from './api-keys/api-key-acts.ts';
import { operatorPaths, TENANT_HEADER } from './operator-door.ts';

interface VaultSocket {
  /** Takes no more requests, waits for those under way, and takes the socket away. */
  close(): Promise<void>;
}

const none: VaultSocket = { close: async () => {} };

/** The largest body: a list to import, and what is around it. */
const LONGEST = 33 * 1024 * 1024;

/** @throws CommandError where another file stands in the place of the socket */
export async function openVaultSocket(
  outside: Pick<Outside, 'platform'>,
  { service, vault, directory }: { service: Service; vault: Vault; directory: string },
): Promise<VaultSocket> {
  const answer = async (incoming: IncomingMessage): Promise<Response> => {
    const { method = 'GET', url = '/', headers } = incoming;
    const tenant = String(headers[TENANT_HEADER] ?? 'main');
    if (url === operatorPaths.backup) return linesOf(vault.backup());
    const bytes = await readUpTo(incoming, LONGEST);
    if (bytes === undefined) return refusal('This request is too large.');
    const body = bytes.toString();
    if (url === operatorPaths.apiKeys) {
      const act = parseJson(apiKeyActShape, body);
      if (!act) return refusal('The command and the running service are of different versions.');
      return Response.json(await carryOutApiKeyAct(vault.parts, tenant, act));
    }
    const request = new Request(`http://vault.localhost${url}`, {
      method,
      headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
        value === undefined || name === 'host' ? [] : [[name, String(value)]],
      ),
      ...(body !== '' && { body }),
    });
    return service.fetchAsOperator(request, tenant);
  };

  const server = createServer((incoming, outgoing) => {
    void answer(incoming)
      .catch((error: unknown) => refusal(endingOf(error).message))
      .then((response) => send(response, outgoing));
  });
  const { log } = vault.parts.world;
  if (!(await listenAtSocket(server, { directory, platform: outside.platform, log }))) return none;
  return {
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
    },
  };
}

const refusal = (message: string): Response => Response.json({ error: { message } }, { status: 500 });

function linesOf(lines: AsyncIterable<string>): Response {
  return new Response(Readable.toWeb(Readable.from(lines)) as ReadableStream, { headers: { 'content-type': LINES } });
}

async function send({ status, headers, body }: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(status, Object.fromEntries(headers));
  if (body === null) outgoing.end();
  // The command may go away; the work goes on without.
  else await pipeline(Readable.fromWeb(body), outgoing).catch(() => undefined);
}
