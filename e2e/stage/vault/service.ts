// A vault with its service on a free port, beside a stage: it follows the clock of the platform, and may send its mails to
// a server.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { consoleFiles } from '@hallpass/console';
import { Secret } from '@hallpass/protocol';
import { createService, createVault, keyFromText, type Service, startDelivering, type Vault } from '@hallpass/vault';
import { createMailer, nodeWorld } from '@hallpass/world';
import type { Stage } from '../stage.ts';

interface VaultService {
  vault: Vault;
  /** Without a final slash. */
  url: string;
  /** Resolves when nothing more is being sent. */
  delivered(): Promise<void>;
  close(): Promise<void>;
}

/** An address that a vault will answer at. */
interface VaultAddress {
  url: string;
  /** Opens the vault there. @param mailPort of a mail server on this machine */
  open(stage: Pick<Stage, 'server'>, mailPort?: number): Promise<VaultService>;
}

/** Listens before there is a vault: who makes the apps needs the address. */
export async function vaultAddress(): Promise<VaultAddress> {
  /** It stands there once the vault is open. */
  const held: { service?: Service } = {};
  const server = createServer((request, response) => {
    void answer(request).then(async (given) => {
      response.writeHead(given.status, Object.fromEntries(given.headers));
      response.end(Buffer.from(await given.arrayBuffer()));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const answer = async (request: IncomingMessage): Promise<Response> => {
    const body = Buffer.concat(await request.toArray());
    const asked = new Request(`${url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)] as [string, string]),
      ...(body.length > 0 && { body }),
    });
    return held.service?.fetch(asked) ?? new Response(null, { status: 503 });
  };
  return {
    url,
    async open(stage, mailPort) {
      const world = nodeWorld();
      const mail =
        mailPort === undefined
          ? {}
          : {
              mail: createMailer({
                server: { host: '127.0.0.1', port: mailPort, tls: 'none' },
                from: 'vault@acme.example',
                wall: world.wall,
              }),
            };
      const key = new Secret(Buffer.alloc(32, 'e2e').toString('base64url'));
      const vault = await createVault({
        database: { kind: 'sqlite', file: ':memory:' },
        masterKey: keyFromText(key, { random: world.random, label: 'this test' }),
        world: { ...world, clock: stage.server().installation.world.clock, ...mail },
        settings: { name: 'Acme', publicUrl: url },
      });
      held.service = createService({ vault, console: consoleFiles('vault') });
      const delivering = startDelivering(vault.parts);
      return {
        vault,
        url,
        delivered: () => delivering.idle(),
        async close() {
          await delivering.stop();
          await vault.close();
          server.closeAllConnections();
          server.close();
        },
      };
    },
  };
}
