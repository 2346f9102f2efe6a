// Apps are told of a Page whose profile is changed: each new value under its own field.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { answersChallenges, type Receiver, receiver, settled } from '../apps/receiver.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, bakery, shop } = cast;

let app: Receiver;
let world: TestWorld;
let access_token: string;
beforeEach(async () => {
  app = await receiver();
  answersChallenges(app);
  world = await testWorld({ settings: { callbackReceivers: 'local' }, world: { outbound: app.outbound } });
  const permissions = ['pages_show_list', 'pages_read_engagement', 'pages_manage_metadata'];
  const person = await world.login(shop.id, ana.id, { permissions });
  access_token = (await world.get(`/${bakery.id}?fields=access_token&access_token=${person}`)).body.access_token;
});
afterEach(async () => {
  await world.close();
  await app.close();
});

const changePage = async (form: Record<string, string>): Promise<void> => {
  const { status, text } = await world.post(`/${bakery.id}`, { ...form, access_token });
  assert.equal(status, 200, text);
};

async function hear(ofApp: string, onPage: string): Promise<void> {
  const subscribed = await world.post(`/${shop.id}/subscriptions`, {
    object: 'page',
    fields: ofApp,
    include_values: 'true',
    callback_url: `${app.url}/hook`,
    verify_token: 'mine',
    access_token: `${shop.id}|${shop.secret}`,
  });
  assert.equal(subscribed.status, 200, subscribed.text);
  const installed = await world.post(`/${bakery.id}/subscribed_apps`, { subscribed_fields: onPage, access_token });
  assert.equal(installed.status, 200, installed.text);
}

async function told(): Promise<unknown[]> {
  await settled(world);
  return app.got
    .filter(({ method }) => method === 'POST')
    .flatMap(({ body }) => JSON.parse(body).entry.flatMap(({ changes }: { changes: unknown[] }) => changes));
}

test('an app is told of each value that is new, and of none that stays as it was', async () => {
  await changePage({ phone: '1', mission: 'Bread.' });
  await hear('phone,website,mission,email,bio', 'phone,website,mission,email,bio');
  await changePage({
    phone: '+1 555 0100',
    website: 'https://bakery.example/',
    mission: 'Bread.',
    emails: 'a@bakery.example',
  });
  assert.deepEqual(await told(), [
    { field: 'email', value: ['a@bakery.example'] },
    { field: 'phone', value: '+1 555 0100' },
    { field: 'website', value: 'https://bakery.example/' },
  ]);
});

test('a value that is taken away is told as an empty text', async () => {
  await changePage({ bio: 'Bakers' });
  await hear('bio', 'bio');
  await changePage({ bio: '' });
  assert.deepEqual(await told(), [{ field: 'bio', value: '' }]);
});

test('a field is told where the app and the Page both have it in their subscription', async () => {
  await hear('phone,website', 'website,description');
  await changePage({ phone: '1', website: 'https://bakery.example/', description: 'Bread and cake.' });
  assert.deepEqual(await told(), [{ field: 'website', value: 'https://bakery.example/' }]);
});
