// These tests run the receiver of the guide as it stands there, and see what the classic client makes of a signed
// request.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Called, withAppServer } from '../src/stage/app-server.ts';
import { apps } from '../src/stage/cast.ts';
import { idAndSecret, userToken } from '../src/stage/deeds.ts';
import { type ConformanceWorld, openWorld } from '../src/stage/world.ts';

const { Facebook } = createRequire(import.meta.url)('fb') as {
  Facebook: new (
    options: object,
  ) => { parseSignedRequest(text: string, secret: string): Record<string, unknown> | undefined };
};
const { shop } = apps;
const access_token = idAndSecret(shop);

const [, receiver = ''] =
  /```js\n([\s\S]*?)```/.exec(readFileSync(new URL('../../docs/guide/callbacks.md', import.meta.url), 'utf8')) ?? [];

/** Runs before the receiver, and prints the port that it is given by the system. */
const tellPort = `data:text/javascript,${encodeURIComponent(`
  import { Server } from 'node:net';
  const { listen } = Server.prototype;
  Server.prototype.listen = function (...given) {
    this.once('listening', () => console.log('listening on ' + this.address().port));
    return listen.apply(this, given);
  };
`)}`;

describe('the receiver of the guide', () => {
  let world: ConformanceWorld;
  let child: ChildProcess;
  let url: string;
  let said = '';
  const directory = mkdtempSync(join(tmpdir(), 'hallpass-receiver-'));
  const says = async (words: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = words.exec(said);
      if (found) return found;
      assert.ok(child.stdout, 'its output is read');
      await once(child.stdout, 'data');
    }
  };

  before(async () => {
    world = await openWorld('in process');
    const file = join(directory, 'receiver.mjs');
    writeFileSync(file, receiver);
    child = spawn(process.execPath, ['--import', tellPort, file], {
      env: { APP_SECRET: shop.secret, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout?.on('data', (bytes: Buffer) => void (said += String(bytes)));
    const [, port] = await says(/listening on (\d+)/);
    url = `http://localhost:${port}`;
  });
  after(async () => {
    child.kill();
    await world.close();
    rmSync(directory, { recursive: true });
  });

  it('is told of a removal, and answers requests to delete data', async () => {
    await world.post(`/v25.0/${shop.id}`, { deauth_callback_url: `${url}/facebook/deauthorize`, access_token });
    const token = await userToken(world, 'ana', shop);
    const { id } = (await world.get('/v25.0/me', { access_token: token })).body;
    await world.delete('/v25.0/me/permissions', { access_token: token });
    await says(new RegExp(`/facebook/deauthorize ${id}`));
    const owner = await userToken(world, 'ben', shop);
    await world.post(`/v25.0/${shop.id}/data_deletion`, {
      callback_url: `${url}/facebook/data-deletion`,
      access_token: owner,
    });
    const { body } = await world.post(`/v25.0/${shop.id}/callback_tests`, { kind: 'data_deletion', access_token });
    assert.deepEqual([body.delivered, body.status, body.confirmation_code], [true, 200, 'D0']);
  });

  it('answers the challenge and takes notices that are signed', async () => {
    const asked = {
      object: 'permissions',
      callback_url: `${url}/facebook/webhooks`,
      verify_token: 'let-me-in',
      access_token,
    };
    assert.deepEqual((await world.post(`/v25.0/${shop.id}/subscriptions`, asked)).body, { success: true });
    const { body } = await world.post(`/v25.0/${shop.id}/callback_tests`, { kind: 'permissions', access_token });
    assert.equal(body.delivered, true);
    await says(/notice .*"permissions"/);
  });

  it('turns away what is not signed, or signed by somebody else', async () => {
    const forged = await fetch(`${url}/facebook/webhooks`, {
      method: 'POST',
      body: '{}',
      headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
    });
    assert.equal(forged.status, 401);
    for (const text of ['', 'a.b', `${'A'.repeat(43)}.eyJ1c2VyX2lkIjoiMSJ9`])
      assert.equal(
        (await fetch(`${url}/x`, { method: 'POST', body: new URLSearchParams({ signed_request: text }) })).status,
        401,
      );
  });

  it('fb 2.0.0 reads the signed request', async () => {
    await withAppServer(async (app) => {
      const begun = world.clock.now();
      await world.post(`/v25.0/${shop.id}`, { deauth_callback_url: `${app.url}/gone`, access_token });
      await world.post(`/v25.0/${shop.id}/callback_tests`, { kind: 'deauthorize', access_token });
      const { body } = await app.called(({ method }: Called) => method === 'POST');
      const text = new URLSearchParams(body).get('signed_request') ?? '';
      const client = new Facebook({ appId: shop.id, appSecret: shop.secret });
      const { issued_at: issuedAt, ...payload } = client.parseSignedRequest(text, shop.secret) ?? {};
      assert.deepEqual(payload, { user_id: '0', algorithm: 'HMAC-SHA256' });
      assert.ok(Number(issuedAt) >= begun && Number(issuedAt) <= world.clock.now());
      assert.equal(client.parseSignedRequest(text, 'another secret'), undefined);
    });
  });
});
