// An operator acts on accounts and apps, ordered through the control interface, and each act has its effect on tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appActs, personActs } from '@hallpass/server/operator';
import { ask, control, emulator, testUser } from './outside.ts';

/** The answer to a test user's token afterwards: code and subcode, or undefined where it lives. */
const afterPersonAct: Record<keyof typeof personActs, { first?: keyof typeof personActs; error?: [number, number] }> = {
  lock: { error: [190, 490] },
  checkpoint: { error: [190, 459] },
  unlock: { first: 'lock' },
  unconfirm: { error: [190, 464] },
  confirm: { first: 'unconfirm' },
  'log-out': { error: [190, 467] },
  'reset-password': {},
  'make-reviewer': {},
  'end-reviewer': { first: 'make-reviewer' },
  delete: { error: [190, 465] },
};

for (const [act, { first, error }] of Object.entries(afterPersonAct))
  test(`${first ? `${first}, then ` : ''}${act} of an account ${error ? `refuses its tokens with ${error.join('/')}` : 'leaves its tokens working'}`, async (t) => {
    const world = await emulator();
    t.after(() => world.close());
    const { token } = await testUser(world);
    const person = await world.server.installation.db.read
      .selectFrom('people')
      .select('id')
      .where('test_user_of', 'is not', null)
      .executeTakeFirstOrThrow();
    if (first) assert.equal((await control(world, 'person', { who: person.id, act: first })).body.done, true);
    const { link, ...told } = (await control(world, 'person', { who: person.id, act })).body;
    assert.deepEqual(told, { id: person.id, done: true });
    assert.equal(act === 'reset-password', /\/reset\?key=[\w-]{43}$/.test(link ?? ''));
    const { status, body } = await ask(world.url, `/me?fields=id&access_token=${token}`);
    if (error) assert.deepEqual([status, body.error.code, body.error.error_subcode], [400, ...error]);
    else assert.equal(status, 200);
  });

const afterAppAct: Record<keyof typeof appActs, { first?: keyof typeof appActs; appToken: number; userToken: number }> =
  {
    disable: { appToken: 400, userToken: 400 },
    enable: { first: 'disable', appToken: 200, userToken: 200 },
    develop: { appToken: 200, userToken: 200 },
    live: { first: 'develop', appToken: 200, userToken: 200 },
    'end-tokens': { appToken: 200, userToken: 400 },
    'reset-secret': { appToken: 400, userToken: 200 },
    delete: { appToken: 400, userToken: 400 },
  };

for (const [act, { first, appToken, userToken }] of Object.entries(afterAppAct))
  test(`${first ? `${first}, then ` : ''}${act} of an app leaves id|secret with ${appToken} and its people's tokens with ${userToken}`, async (t) => {
    const world = await emulator();
    t.after(() => world.close());
    const [app] = world.seed.world.apps;
    assert.ok(app);
    const { token } = await testUser(world);
    if (first) await control(world, 'app', { who: app.id, act: first });
    const { body } = await control(world, 'app', { who: app.id, act });
    assert.equal(body.done, true);
    if (act === 'reset-secret') assert.match(body.secret, /^[0-9a-f]{32}$/);
    assert.equal((await ask(world.url, `/${app.id}?access_token=${app.id}|${app.secret}`)).status, appToken);
    assert.equal((await ask(world.url, `/me?fields=id&access_token=${token}`)).status, userToken);
  });

test('an act that does not exist, or on nobody, is refused with what would do', async (t) => {
  const world = await emulator();
  t.after(() => world.close());
  const wrong = await control(world, 'person', { who: 'ana@demo.example', act: 'toString' });
  assert.deepEqual(
    [wrong.status, wrong.body.error.message],
    [400, `act: must be one of ${Object.keys(personActs).join(', ')}`],
  );
  assert.equal((await control(world, 'person', { who: 'nobody@demo.example', act: 'lock' })).status, 404);
  assert.equal((await control(world, 'app', { who: '1', act: 'disable' })).status, 404);
});

test('an act that the rules refuse says why', async (t) => {
  const world = await emulator();
  t.after(() => world.close());
  const app = world.seed.world.apps.find(({ mode }) => mode === 'development');
  const { status, body } = await control(world, 'app', { who: app?.id ?? '', act: 'live' });
  assert.equal(status, 400);
  assert.match(body.error.message, /needs a privacy policy/);
});
