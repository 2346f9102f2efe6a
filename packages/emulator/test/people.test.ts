// The people of a world: they log in through the real pages and decide, and what they do to themselves ends tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeadlessBrowser } from '@hallpass/server/testing';
import { type Emulator, overHttp, PersonError, readSeed } from '../src/index.ts';
import { ask, emulator } from './outside.ts';

const KEY = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

const shop = `
name: shop
people:
  - { key: ana, name: Ana Lopes, email: ana@example.com, password: ana-and-her-bread }
  - { key: ben, name: Ben Okafor, email: ben@example.com, password: ben-and-his-boats, two_factor: { secret: ${KEY} } }
  - { key: other, name: Ana Weber, email: weber@example.com, password: weber-and-her-wool }
  - { key: kid, name: Kid Lopes, email: kid@example.com }
apps:
  - name: Shop
    mode: live
    enforce_https: false
    redirect_uris: ['http://localhost:3000/cb']
    advanced_access: [public_profile, email, pages_show_list, pages_read_engagement]
pages:
  - { name: Bakery, category: Bakery, roles: { ana: [MANAGE] } }
  - { name: Garden, category: Park, roles: { ana: [MANAGE] } }
`;

async function opened(t: { after(task: () => Promise<void>): void }): Promise<Emulator> {
  const world = await emulator({ seed: await readSeed(shop, 'shop.yaml') });
  t.after(() => world.close());
  return world;
}

test('a person logs in through the dialog, and the app is told at its address with the state that it gave', async (t) => {
  const world = await opened(t);
  const { url, code, query } = await world.people.get('ana@example.com').logIn({ scope: 'email', state: 's1' });
  assert.match(url, /^http:\/\/localhost:3000\/cb\?code=/);
  assert.ok(code);
  assert.equal(query.get('state'), 's1');
  const token = await world.people.get('Ana Lopes').accessToken({ app: 'Shop', scope: 'email' });
  assert.equal((await ask(world.url, `/me?fields=email&access_token=${token}`)).body.email, 'ana@example.com');
  const { accessToken } = await world.people.get('Ana Lopes').logIn({ responseType: 'token' });
  assert.equal((await ask(world.url, `/me?access_token=${accessToken}`)).body.name, 'Ana Lopes');
});

test('a person declines permissions, chooses Pages, or cancels', async (t) => {
  const world = await opened(t);
  const ana = world.people.get('Ana Lopes');
  const [bakery] = world.seed.world.pages;
  const token = await ana.accessToken({
    scope: 'email,pages_show_list,pages_read_engagement',
    decline: ['email'],
    pages: [bakery?.id ?? ''],
  });
  const { body } = await ask(world.url, `/me/permissions?access_token=${token}`);
  assert.equal(body.data.find((one: { permission: string }) => one.permission === 'email').status, 'declined');
  const accounts = await ask(world.url, `/me/accounts?access_token=${token}`);
  assert.deepEqual(
    accounts.body.data.map((page: { name: string }) => page.name),
    ['Bakery'],
  );
  const { error, code } = await world.people.get('weber@example.com').logIn({ cancel: true });
  assert.deepEqual([error, code], ['access_denied', undefined]);
});

test('a person with a second factor types the code of the moment, also when the clock was moved', async (t) => {
  const world = await opened(t);
  const ben = world.people.get('Ben');
  assert.ok((await ben.logIn({ scope: 'email' })).code);
  await world.clock.advance(86_400);
  assert.ok((await ben.logIn({ scope: 'email', params: { auth_type: 'reauthenticate' } })).code);
});

test('what people do to themselves ends their tokens, and the next log-in knows the new password', async (t) => {
  const world = await opened(t);
  const ana = world.people.get('Ana Lopes');
  const subcode = async (token: string) =>
    (await ask(world.url, `/me?access_token=${token}`)).body.error?.error_subcode;
  const first = await ana.accessToken({ scope: 'email' });
  await ana.changePassword('a-better-password-than-before');
  assert.equal(await subcode(first), 460);
  const second = await ana.accessToken({ scope: 'email' });
  assert.equal(await subcode(second), undefined);
  await ana.removeApp('Shop');
  assert.equal(await subcode(second), 458);
  const third = await ana.accessToken();
  await ana.lockAccount();
  assert.equal(await subcode(third), 459);
  await world.reset();
  assert.ok((await world.people.get('Ana Lopes').logIn()).code, 'the password of the seed file counts again');
});

test('a browser keeps who is logged in: the second app asks for no password', async (t) => {
  const world = await opened(t);
  const browser = await world.people.get('Ana Lopes').signIn();
  await browser.open('/settings');
  assert.match(browser.page.innerText, /Ana Lopes/);
  const { code } = await world.people.get('Ana Lopes').logIn({ browser, scope: 'email' });
  assert.ok(code);
});

test('a dialog that does not send the person back says what its page says, and nobody is guessed', async (t) => {
  const world = await opened(t);
  const { people } = world;
  await assert.rejects(
    people.get('Ana Lopes').logIn({ redirectUri: 'https://evil.example/' }),
    (error) => error instanceof PersonError && /URL/.test(error.message),
  );
  for (const named of ['Ana', 'Nobody', ''])
    assert.throws(
      () => people.get(named),
      (error) => error instanceof PersonError && error.message.includes('Ben Okafor'),
    );
  assert.throws(() => people.get('Kid'), /can't log in/);
  await assert.rejects(people.get('Ben').logIn({ app: 'Elsewhere' }), /Shop/);
  assert.deepEqual(
    people.list().map(({ name }) => name),
    ['Ana Lopes', 'Ben Okafor', 'Ana Weber'],
  );
});

test('the same browser works at an emulator of another process, over HTTP', async (t) => {
  const world = await opened(t);
  const browser = new HeadlessBrowser(overHttp(world.url), { host: new URL(world.url).host });
  await browser.logIn(world.people.get('Ana Lopes'));
  await browser.open('/settings');
  assert.match(browser.page.innerText, /Ana Lopes/);
});
