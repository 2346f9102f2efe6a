// The control interface described in OpenAPI: what it says is what the calls do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controlDocument } from '../src/index.ts';
import { control, emulator } from './outside.ts';

test('the document names each call, its parameters and its answer, and is served to holders of the token alone', async (t) => {
  const it = await emulator();
  t.after(() => it.close());
  const { status, body } = await control(it, 'openapi');
  assert.deepEqual([status, body], [200, JSON.parse(JSON.stringify(controlDocument()))]);
  assert.equal((await fetch(`${it.url}/_/emulator/openapi`)).status, 401);
  assert.equal((await control(it, 'openapi', undefined, { origin: it.url })).status, 403);
});

test('each call without parameters that only looks answers with the keys that the document requires', async (t) => {
  const it = await emulator();
  t.after(() => it.close());
  const { paths } = controlDocument();
  const looking = Object.entries(paths).filter(([, methods]) => 'get' in methods);
  assert.ok(looking.length >= 4);
  for (const [path, { get }] of looking) {
    const { status, body } = await control(it, path.slice('/_/emulator/'.length));
    assert.equal(status, 200, path);
    const described = JSON.stringify(get);
    for (const key of Object.keys(body)) assert.ok(described.includes(`"${key}":`), `${path} answers ${key}`);
  }
});

test('a JSON body does what a form does', async (t) => {
  const it = await emulator();
  t.after(() => it.close());
  const response = await fetch(`${it.url}/_/emulator/clock`, {
    method: 'POST',
    headers: { authorization: `Bearer ${it.controlToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ advance: 61, freeze: true }),
  });
  assert.deepEqual([response.status, ((await response.json()) as { frozen: boolean }).frozen], [200, true]);
});
