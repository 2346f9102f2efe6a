// A vault with its service on a free port, its mails in a real inbox, and the clock of the platform beside it.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { Secret } from '@hallpass/protocol';
import { createService, createVault, keyFromText, type Service, startDelivering, type Vault } from '@hallpass/vault';
import { createMailer, nodeWorld } from '@hallpass/world';
import { openInbox } from './inbox.ts';
import { openStage, type Stage } from './stage.ts';

interface VaultDesk {
  stage: Stage;
  vault: Vault;
  url: string;
  /** The next mail that arrives. */
  nextMail: Awaited<ReturnType<typeof openInbox>>['next'];
}

/** Opens a stage with a vault beside it; all of it ends with the test. */
export async function openVaultDesk(t: TestContext): Promise<VaultDesk> {
  /** It stands there once the vault is open, which needs the address first. */
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
  const stage = await openStage({ callbacks: [`${url}/callback`] });
  const inbox = await openInbox(t);
  const world = nodeWorld();
  const from = 'vault@acme.example';
  const mail = createMailer({ server: { host: '127.0.0.1', port: inbox.port, tls: 'none' }, from, wall: world.wall });
  const key = new Secret(Buffer.alloc(32, 'e2e').toString('base64url'));
  const vault = await createVault({
    database: { kind: 'sqlite', file: ':memory:' },
    masterKey: keyFromText(key, { random: world.random, label: 'this test' }),
    world: { ...world, clock: stage.server().installation.world.clock, mail },
    settings: { name: 'Acme', publicUrl: url },
  });
  held.service = createService({ vault });
  const delivering = startDelivering(vault.parts);
  const sweeper = vault.sweeper();
  // Days of the clock are passed at once, so it sweeps more rarely than usual.
  sweeper.start(600);
  t.after(async () => {
    await sweeper.stop();
    await delivering.stop();
    await vault.close();
    await stage.close();
    server.closeAllConnections();
    server.close();
  });
  return {
    stage,
    vault,
    url,
    nextMail: () => inbox.next(),
  };
}
