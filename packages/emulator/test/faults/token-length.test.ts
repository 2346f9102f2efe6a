// Tokens of any length work: what breaks on them is a column or a field of the app.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmulator } from '@hallpass/emulator';
import { appsecretProof } from '@hallpass/protocol';

test('a token of the ordered length works in every place, with a proof of its own, and gives tokens of that length', async (t) => {
  const emulator = await createEmulator();
  t.after(() => emulator.close());
  const [app] = emulator.seed.world.apps;
  const owner = emulator.seed.world.pages.flatMap(({ roles = [] }) => roles)[0]?.person ?? '';
  assert.ok(app);
  const ask = async (path: string, headers = {}) => {
    const response = await fetch(`${emulator.url}/v25.0/${path}`, { headers });
    // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
    return (await response.json()) as any;
  };
  for (const length of [60, 255, 4000]) {
    emulator.faults.add({ tokens: { length } });
    const token = await emulator.people.get(owner).accessToken({ scope: 'pages_show_list,pages_read_engagement' });
    assert.match(token, new RegExp(`^EAAAQ[A-Za-z0-9]{${length - 5}}$`));
    const own = `${app.id}%7C${app.secret}`;
    const me = await ask('me', { authorization: `Bearer ${token}` });
    assert.ok(me.id);
    const proof = await appsecretProof(token, app.secret);
    assert.deepEqual(await ask(`me?appsecret_proof=${proof}`, { authorization: `Bearer ${token}` }), me);
    const { data } = await ask(`debug_token?input_token=${token}&access_token=${own}`);
    assert.equal(data.is_valid, true);
    const longer = await ask(
      `oauth/access_token?grant_type=fb_exchange_token&client_id=${app.id}&client_secret=${app.secret}&fb_exchange_token=${token}`,
    );
    assert.equal(longer.access_token.length, length);
    const pages = await ask('me/accounts', { authorization: `Bearer ${token}` });
    const again = await ask('me/accounts', { authorization: `Bearer ${token}` });
    const [page] = pages.data;
    assert.equal(page.access_token.length, length);
    assert.deepEqual(again.data, pages.data, 'a Page token is the same each time');
    assert.equal((await ask('me', { authorization: `Bearer ${page.access_token}` })).id, page.id);
    // A column that cuts it.
    const cut = await ask('me', { authorization: `Bearer ${token.slice(0, length - 1)}` });
    assert.equal(cut.error.code, 190);
    emulator.faults.clear();
    assert.ok((await ask('me', { authorization: `Bearer ${token}` })).id, 'it works on when new ones are as ever');
  }
});

test('it is ordered by name for one app or person, and by the control interface within its bounds', async (t) => {
  const emulator = await createEmulator();
  t.after(() => emulator.close());
  const order = async (fields: Record<string, string>) => {
    const response = await fetch(`${emulator.url}/_/emulator/faults`, {
      method: 'POST',
      headers: { authorization: `Bearer ${emulator.controlToken}` },
      body: new URLSearchParams({ fault: 'token-length', ...fields }),
    });
    return [response.status, await response.json()] as const;
  };
  const [first, second] = emulator.people.list();
  assert.ok(first && second);
  const [status, made] = await order({ attributes: '{"length":500}', person: first.id });
  assert.deepEqual([status, made.tokens, made.attributes], [200, 'token-length', { length: 500 }]);
  assert.ok((await second.accessToken()).length < 300);
  assert.equal((await first.accessToken()).length, 500);
  assert.equal((await order({ times: '1' }))[0], 400, 'it holds until it is cleared');
  assert.equal((await order({}))[1].attributes.length, 1000);
  for (const attributes of ['{"length":59}', '{"length":4001}', '{"length":99.5}', '{"size":100}'])
    assert.equal((await order({ attributes }))[0], 400, attributes);
});
