// These tests are about partners: asking to work on the Page of another business, the answer, and ending it from either
// side.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { adPermissions, adScene, type AdScene, fern, lanternAds, outcome } from '../ads/ad-scene.ts';
import { digest } from '../acts.ts';
import { lantern } from './business-scene.ts';
import { turnOn } from '../people/second-factor.ts';
import { Browser } from '../browser.ts';
import { cast, type Reply } from '../world.ts';

const { garden, bakery } = cast;
const permissions = [
  ...adPermissions,
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_metadata',
  'pages_manage_posts',
];

/** Ana runs Lantern, which owns the garden; Cleo runs Fern. */
async function scene(t: TestContext): Promise<AdScene> {
  const made = await adScene(t);
  const of = (person: string) => made.world.login(cast.shop.id, person, { permissions, longLived: true });
  return { ...made, ana: await of(cast.ana.id), ben: await of(cast.ben.id), cleo: await of(cast.cleo.id) };
}

const ask = (
  { world }: AdScene,
  token: string,
  business: string = fern.id,
  page: string = garden.id,
  tasks = 'CREATE_CONTENT,ANALYZE',
) => world.post(`/${business}/client_pages`, { page_id: page, permitted_tasks: tasks, access_token: token });
const answer = (
  { world }: AdScene,
  token: string,
  request_id: string,
  decision = 'accept',
  business: string = lantern.id,
) => world.post(`/${business}/page_requests`, { request_id, decision, access_token: token });
const clientPages = async ({ get, cleo }: AdScene): Promise<string[]> =>
  (await get(`/${fern.id}/client_pages`, cleo)).body.data.map(({ id }: { id: string }) => id);
const right = (reply: Reply): Reply => {
  assert.equal(reply.status, 200, reply.text);
  return reply;
};

test('a request waits for an administrator of the owner, and gives nothing until it is accepted', async (t) => {
  const made = await scene(t);
  const { ana, cleo, get } = made;
  const { body } = right(await ask(made, cleo));
  assert.equal(body.access_status, 'PENDING');
  assert.deepEqual(await clientPages(made), []);
  const [received] = right(await get(`/${lantern.id}/page_requests`, ana)).body.data;
  const [sent] = right(await get(`/${fern.id}/page_requests?direction=sent`, cleo)).body.data;
  assert.deepEqual(received, sent);
  assert.deepEqual(
    [received.id, received.page, received.business],
    [body.request_id, { id: garden.id, name: garden.name }, { id: fern.id, name: fern.name }],
  );
  assert.deepEqual((await get(`/${fern.id}/page_requests`, cleo)).body.data, []);
  right(await answer(made, ana, body.request_id));
  assert.deepEqual(await clientPages(made), [garden.id]);
  assert.deepEqual(
    (await get(`/${garden.id}/agencies`, ana)).body.data[0].permitted_tasks.sort(),
    received.permitted_tasks.sort(),
  );
  assert.deepEqual((await get(`/${lantern.id}/agencies`, ana)).body.data, [{ id: fern.id, name: fern.name }]);
  assert.deepEqual((await get(`/${fern.id}/clients`, cleo)).body.data, [{ id: lantern.id, name: lantern.name }]);
  assert.equal(outcome(await answer(made, ana, body.request_id, 'decline')), 'E100', 'answered once');
  assert.deepEqual((await get(`/${lantern.id}/page_requests`, ana)).body.data, []);
});

test('declined, taken back, asked anew: the old request is worth nothing', async (t) => {
  const made = await scene(t);
  const { world, ana, cleo } = made;
  const first = right(await ask(made, cleo)).body.request_id;
  right(await answer(made, ana, first, 'decline'));
  assert.equal(outcome(await answer(made, ana, first)), 'E100');
  const second = right(await ask(made, cleo)).body.request_id;
  const third = right(await ask(made, cleo, fern.id, garden.id, 'ANALYZE')).body.request_id;
  assert.equal(outcome(await answer(made, ana, second)), 'E100', 'another took its place');
  right(await world.delete(`/${fern.id}/page_requests?request_id=${third}&access_token=${cleo}`));
  assert.equal(outcome(await answer(made, ana, third)), 'E100');
  const last = right(await ask(made, cleo)).body.request_id;
  right(await world.delete(`/${lantern.id}/pages?page_id=${garden.id}&access_token=${ana}`));
  assert.equal(outcome(await answer(made, ana, last)), 'E100', 'the owner gave the Page up');
  assert.deepEqual(await clientPages(made), []);
});

test('who may decide on the Page gets it at once', async (t) => {
  const made = await scene(t);
  const { world, ana, cleo } = made;
  const other = right(await world.post('/me/businesses', { name: 'Ana’s own', access_token: ana })).body.id;
  assert.deepEqual(right(await ask(made, ana, other)).body, { access_status: 'CONFIRMED' });
  // A Page that nobody owns: whoever manages it decides, and nobody could answer anybody else.
  assert.deepEqual(right(await ask(made, ana, other, bakery.id)).body, { access_status: 'CONFIRMED' });
  const refused = await ask(made, cleo, fern.id, bakery.id);
  assert.equal(outcome(refused), 'E100');
  assert.match(refused.body.error.message, /No business owns this Page/);
});

test('I-6: a request is answered by what the answerer is now, and nobody answers for another business', async (t) => {
  const made = await scene(t);
  const { world, ana, ben, cleo, get } = made;
  const { request_id } = right(await ask(made, cleo)).body;
  const before = await digest(world);
  assert.equal(outcome(await answer(made, ben, request_id)), 'E200', 'an employee');
  assert.equal(outcome(await answer(made, cleo, request_id)), 'E100/33', 'somebody outside');
  assert.equal(outcome(await answer(made, cleo, request_id, 'accept', fern.id)), 'E100', 'who asked');
  assert.equal(outcome(await get(`/${lantern.id}/page_requests`, ben)), 'E200');
  assert.equal(outcome(await ask(made, ben, lantern.id)), 'E200');
  assert.equal(
    outcome(await world.delete(`/${lantern.id}/page_requests?request_id=${request_id}&access_token=${ana}`)),
    'E100',
    'not its own',
  );
  for (const id of ['0', '-1', '9'.repeat(400), 'x']) assert.match(outcome(await answer(made, ana, id)), /^E100/);
  for (const page of ['799999', '0', cast.ana.id]) assert.match(outcome(await ask(made, cleo, fern.id, page)), /^E100/);
  for (const tasks of ['', 'EVERYTHING', 'ANALYZE,NOTHING'])
    assert.match(outcome(await ask(made, cleo, fern.id, garden.id, tasks)), /^E100/);
  assert.equal(await digest(world), before, 'nothing changed');
  assert.equal(outcome(await ask(made, ana, lantern.id)), 'E100', 'its own Page');
});

test('either side ends all of it: what the partner had assigned is dead, on Pages and ad accounts', async (t) => {
  for (const side of ['owner', 'agency'] as const) {
    const made = await scene(t);
    const { world, ana, cleo, ids, get } = made;
    right(await answer(made, ana, right(await ask(made, cleo)).body.request_id));
    right(
      await world.post(`/${lanternAds.node}/agencies`, {
        business: fern.id,
        permitted_tasks: 'ADVERTISE',
        access_token: ana,
      }),
    );
    right(
      await world.post(`/${garden.id}/assigned_users`, {
        user: ids.cleo,
        tasks: 'ANALYZE',
        business: fern.id,
        access_token: cleo,
      }),
    );
    const token = right(await get(`/${garden.id}?fields=access_token`, cleo)).body.access_token;
    right(await get('/me?fields=id', token));
    right(await get(`/${lanternAds.node}`, cleo));
    const [mine, other, by] =
      side === 'owner' ? [`${lantern.id}/agencies`, fern.id, ana] : [`${fern.id}/clients`, lantern.id, cleo];
    const end = () => world.delete(`/${mine}?business=${other}&access_token=${by}`);
    right(await end());
    assert.equal(outcome(await get('/me?fields=id', token)), 'E190/492');
    assert.equal(outcome(await get(`/${lanternAds.node}`, cleo)), 'E100/33');
    assert.deepEqual((await get(`/${lantern.id}/agencies`, ana)).body.data, []);
    assert.deepEqual((await get(`/${fern.id}/clients`, cleo)).body.data, []);
    assert.equal(outcome(await end()), 'E100', 'there is nothing left to end');
    assert.deepEqual(
      (await get(`/${lantern.id}/owned_pages`, ana)).body.data.length,
      1,
      'the owner keeps what it owns',
    );
  }
});

test('accepting and taking back at once: the Page is had exactly when accepting was answered with success', async (t) => {
  const made = await scene(t);
  const { world, ana, cleo } = made;
  for (let round = 0; round < 10; round++) {
    const { request_id } = right(await ask(made, cleo)).body;
    const [accepted, cancelled] = await Promise.all([
      answer(made, ana, request_id),
      world.delete(`/${fern.id}/page_requests?request_id=${request_id}&access_token=${cleo}`),
    ]);
    assert.equal([accepted, cancelled].filter(({ status }) => status === 200).length, 1);
    assert.deepEqual(await clientPages(made), accepted.status === 200 ? [garden.id] : []);
    if (accepted.status === 200)
      right(await world.delete(`/${lantern.id}/agencies?business=${fern.id}&access_token=${ana}`));
  }
});

test('a business that requires a second factor lets nobody answer without one', async (t) => {
  const made = await scene(t);
  const { world, ana, cleo } = made;
  const { request_id } = right(await ask(made, cleo)).body;
  right(await world.post(`/${lantern.id}`, { two_factor_type: 'admin_required', access_token: ana }));
  const refused = await answer(made, ana, request_id);
  assert.deepEqual([refused.body.error.code, refused.body.error.error_subcode], [415, 2_859_009]);
  const browser = new Browser(world);
  await browser.logIn(cast.ana);
  await turnOn(browser, cast.ana);
  right(await answer(made, ana, request_id));
});
