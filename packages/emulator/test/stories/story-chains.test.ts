// Each story causes the chain of acts that the documents tell: the lines that it leaves in the audit trail, and the
// answer to a token of before. The third column names what says so.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Emulator, StoryName } from '../../src/index.ts';
import type { Story } from '../../src/stories/story.ts';
import { stories, storyNames } from '../../src/stories/play-story.ts';
import { struckTokenOf } from '../../src/stories/struck-token.ts';
import { PersonId } from '@hallpass/server/testing';
import { ask, control, emulator } from '../outside.ts';

const invalidations = 'errors with access tokens, "Expired, invalidated and other tokens"';
const errorList = 'the error reference';
const rates = '"Rate limits"';
const logIn = ['dialog.granted', 'code.issued'];
const logInAgain = ['dialog.granted', 'grant.changed', 'code.issued'];
const redeemed = ['code.redeemed', 'token.issued'];

/** By story: the audit lines beside those of log-ins to the platform; the answer; the source. */
const chains: Readonly<Record<StoryName, [lines: string[], answer: string, source: string]>> = {
  'password-changed': [['auth.password.changed'], '190/460', invalidations],
  'account-locked': [['auth.checkpoint.locked'], '190/459', invalidations],
  checkpoint: [['auth.checkpoint.locked'], '190/459', invalidations],
  'account-unconfirmed': [['auth.confirmed'], '190/464', errorList],
  'logged-out': [['auth.logout'], '190/467', errorList],
  'account-deleted': [
    ['role.changed', 'role.changed', 'role.changed', 'role.changed', 'business.role.changed', 'person.deleted'],
    '190/465',
    'ours',
  ],
  'app-removed': [['grant.changed'], '190/458', invalidations],
  'app-removed-with-deletion': [
    ['grant.changed', 'data_deletion.asked'],
    '190/458',
    '"Data Deletion Request Callback"',
  ],
  'app-removed-and-re-added': [
    ['grant.changed', ...logInAgain],
    '190/458',
    'get long-lived tokens: removing and adding again invalidates the tokens of before',
  ],
  'permission-taken-back': [[...logIn, 'grant.changed'], '200', '"Permissions": revoking one; the token lives'],
  'permission-declined': [['grant.changed', ...logInAgain], '200', '"Manual flow": a person may decline permissions'],
  'ninety-days-quiet': [[], '190/463', '"Data access": ninety days'],
  'left-the-company': [
    ['role.changed', 'role.changed', 'business.role.changed'],
    '190/492',
    'get long-lived tokens: a role on the Page is lost',
  ],
  'page-only-through-business': [
    ['role.changed', 'role.changed'],
    '200',
    'trypostit/trypost#301, getopenpost/openpost#216',
  ],
  'business-enforces-two-factor': [
    ['auth.second_factor.recovery_codes', 'auth.second_factor.on', 'business.settings.changed'],
    '190/492',
    'the text of subcode 492',
  ],
  'page-unticked': [logInAgain, '190', '"Manual flow": granting again replaces the Pages that are ticked'],
  'system-user-uninstalled': [
    ['sysuser.tokens_ended', 'sysuser.app_uninstalled'],
    '190/466',
    '"Install apps, generate, refresh and revoke tokens"',
  ],
  'sixty-day-system-user': [[], '190/463', '"Install apps, generate, refresh and revoke tokens": sixty days'],
  'test-user-deleted': [['testuser.deleted'], '190/465', '"Test users"'],
  'secret-leaked-and-reset-by-platform': [['app.alerted', 'app.secret.reset'], '190', errorList],
  'app-disabled': [['app.settings.changed', 'app.access.withdrawn'], '190', 'facebookarchive/php-graph-sdk#770'],
  'app-deleted': [['app.deleted'], '190', 'facebookarchive/php-graph-sdk#770'],
  'tokens-ended': [['token.revoked'], '190/467', 'ours'],
  'app-in-development': [['app.settings.changed'], '190/458', '"App modes": only people with a role'],
  'version-sunset': [[], '200', '"Versioning"'],
  'desktop-switch': [
    ['app.settings.changed'],
    '15',
    'access tokens: app tokens of native and desktop apps do not work',
  ],
  'permission-downgraded': [[...logIn, 'app.access.dropped'], '200', '"Access levels"'],
  'rate-limited': [[...logIn, ...redeemed], '4', rates],
  'person-rate-limited': [[...logIn, ...redeemed], '17', rates],
  'api-access-blocked': [[...logIn, ...redeemed], '368', errorList],
  'token-expired': [[], '190/463', 'get long-lived tokens: sixty days'],
  'clock-skewed': [[], '200', 'ours'],
  'token-refused-once': [[], '190/467', 'a fault'],
  'code-used-twice': [[], '100/36009', 'a fault'],
  'code-expired': [[], '100/36007', '"Manual flow": the life of a code'],
  'extend-refused': [[], '190/463', 'get long-lived tokens: an ended token is not extended'],
  'dialog-fails': [[], 'error', 'a fault'],
  'graph-away': [[], '2', 'a fault'],
  'unknown-error': [[], '1', 'a fault'],
  'answer-lost': [[], '2', 'a fault'],
  'slow-answers': [[], 'late', 'a fault'],
  'connection-reset': [[], 'none', 'a fault'],
  'answer-cut': [[], 'none', 'a fault'],
};

let world: Emulator;
before(async () => {
  world = await emulator();
});
after(() => world.close());
beforeEach(() => world.reset());

/** Stories about system users need an app that one has. */
function placeOf(story: Story) {
  const [fern, ledger] = world.seed.world.apps;
  const app = story.strikes === 'system_user' ? ledger : fern;
  assert.ok(app);
  return { world: world.worlds.main, person: world.people.get('Ana'), app };
}

/** Audit lines after this one, in order; those of log-ins to the platform are left out. */
async function linesAfter(seq: number): Promise<{ names: string[]; last: number }> {
  const rows = await world.server.installation.db.read
    .selectFrom('events')
    .select(['seq', 'name'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .execute();
  const names = rows.map(({ name }) => name).filter((name) => name !== 'auth.login.ok');
  return { names, last: rows.at(-1)?.seq ?? seq };
}

type Held = Awaited<ReturnType<typeof struckTokenOf>>;

/**
 * Code and subcode of the refusal, `200`, `none` where no whole answer comes, `late` where it takes its time, `error`
 * where the person came back with one.
 */
async function answerTo({ kind, token, page, returnUrl }: Held, story: StoryName): Promise<string> {
  const as = `access_token=${encodeURIComponent(token)}`;
  try {
    if (story === 'slow-answers') return (await isLate(`/me?${as}`)) ? 'late' : '200';
    if (kind === 'code') return await answerToCode(returnUrl ?? '');
    const { status, body } =
      story === 'api-access-blocked'
        ? await ask(world.url, `/${page}/feed`, { message: 'One more offer', access_token: token })
        : await ask(world.url, kind === 'app' ? `/app?${as}` : kind === 'page' ? `/${page}?${as}` : `/me?${as}`);
    if (status === 200) return '200';
    const { code, error_subcode: subcode } = body.error;
    return subcode === undefined ? String(code) : `${code}/${subcode}`;
  } catch {
    return 'none';
  }
}

/** Tells whether a latency is ordered for the answer, without waiting for it. */
async function isLate(address: string): Promise<boolean> {
  const { pathname, search } = new URL(address, world.url);
  const answer = await world.handle({
    method: 'GET',
    host: 'localhost',
    scheme: 'http',
    path: pathname,
    query: search.slice(1),
    headers: { host: 'localhost' },
    body: new Uint8Array(0),
    address: '127.0.0.1',
  });
  return 'connection' in answer;
}

/** Redeems the code of the address at which the app is told of a log-in. */
async function answerToCode(returnUrl: string): Promise<string> {
  const { origin, pathname, searchParams } = new URL(returnUrl);
  const [app] = world.seed.world.apps;
  const code = searchParams.get('code');
  if (code === null) return searchParams.has('error') ? 'error' : 'nothing';
  const form = { client_id: app?.id ?? '', client_secret: app?.secret ?? '', redirect_uri: origin + pathname, code };
  const { status, body } = await ask(world.url, '/oauth/access_token', form);
  return status === 200 ? '200' : `${body.error.code}/${body.error.error_subcode}`;
}

const scope = 'email,pages_show_list,pages_read_engagement';
const goodAgain = ['held', 'limited', 'blocked', 'less', 'failing', 'turning'];

for (const name of storyNames) {
  const [lines, answer, source] = chains[name];
  const story: Story = stories[name];
  test(`${name}: ${lines.join(', ') || 'time alone'} → ${answer} (${source})`, async () => {
    const place = placeOf(story);
    let held = await struckTokenOf(place, story, name === 'api-access-blocked' ? `${scope},pages_manage_posts` : scope);
    // The person has added the app: what is left in the trail from here on is of the story.
    if (['app', 'test_user', 'system_user'].includes(held.kind)) await place.person.logIn({ app: place.app.id });
    const { last } = await linesAfter(0);
    const { did, undoable } = await world.stories.play(name, place.person, place.app);
    assert.ok(did.length > 0);
    assert.equal(
      world.faults.list().length > 0,
      story.fault !== undefined,
      'a fault is ordered where the story says why',
    );
    assert.deepEqual((await linesAfter(last)).names, lines);
    if (story.renews) held = await struckTokenOf(place, story, scope);
    assert.equal(await answerTo(held, name), answer);
    if (!undoable) return;
    assert.deepEqual(await world.stories.undo(), [name]);
    if (goodAgain.includes(story.leaves) && answer !== 'error')
      assert.equal(await answerTo(held, name), '200', 'undone, the token is good');
  });
}

test('where an act of a story can no longer be taken back, the others are, and the sentence says so', async () => {
  const place = placeOf(stories['left-the-company']);
  await world.stories.play('left-the-company', place.person, place.app);
  const [business] = world.seed.world.businesses ?? [];
  await control(world, 'person', { who: 'cleo@demo.example', act: 'delete' });
  await assert.rejects(
    world.stories.undo(),
    /^StoryFailed: Not everything could be undone: plant the world again. left-the-/,
  );
  assert.ok(business);
  const roles = await world.server.installation.facts.pagesOf(PersonId.of(place.person.id));
  assert.ok(
    roles.some(({ pageId }) => business.pages?.includes(pageId)),
    'the role on the Page is back',
  );
});
