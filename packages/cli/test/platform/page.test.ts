// The operator makes Pages for people, and links for a new password.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hallpass, running, stopped, temporary } from '../command.ts';

test('the operator makes a Page for somebody, finishes an app by its settings, and gives a link for a new password', async (t) => {
  const data = temporary(t);
  const server = await running(['serve', '--data', data, '--port', '0']);
  const key = new URL(server.ready.administrator_link).searchParams.get('key') ?? '';
  const page = await fetch(server.ready.administrator_link);
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const form = {
    csrf,
    key,
    name: 'Ana Lopes',
    email: 'ana@example.com',
    password: 'ana-and-her-bread',
    decision: 'continue',
  };
  const made = await fetch(`${server.ready.url}/setup`, {
    method: 'POST',
    headers: { cookie, origin: server.ready.url },
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
  assert.equal(made.status, 200, await made.text());
  await stopped(server);
  const create = ['page', 'create', 'Harbour Café', '--category', 'Café', '--owner', 'ana@example.com', '--data', data];
  const said = await hallpass(create);
  assert.match(said.out, /^Created the Page Harbour Café \(\d+\) for Ana Lopes\.$/m, said.err);
  const list = await hallpass(['page', 'list', 'ana@example.com', '--data', data, '--json']);
  assert.deepEqual(
    JSON.parse(list.out).pages.map(({ name }: { name: string }) => name),
    ['Harbour Café'],
  );
  const app = JSON.parse(
    (await hallpass(['app', 'create', 'Tide Table', '--administrator', 'ana@example.com', '--data', data, '--json']))
      .out,
  );
  const pairs = [
    'privacy_policy_url=https://tide.example/privacy',
    'redirect_uris=http://127.0.0.1/cb, https://tide.example/cb',
  ];
  const set = await hallpass(['app', 'set', app.id, ...pairs, '--data', data]);
  assert.match(
    set.out,
    /^Set privacy_policy_url, redirect_uris of Tide Table\.\nA live app redirects to https/m,
    set.err,
  );
  const link = await hallpass(['person', 'reset-password', 'ana@example.com', '--data', data]);
  assert.match(link.out, /works once, for 30 minutes:\n\(the address of your platform\)\/reset\?key=[\w-]{43}\n$/);
});
