// These tests are about each Page operation against each task, with the token of a person and with the Page token made
// from it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Task } from '@hallpass/protocol';
import { givePageRole } from '../../src/pages/page-roles.ts';
import { change } from '../../src/liveness/change.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
let person: string;
let pageToken: string;
let post: string;
let someone: string;

const { bakery } = cast;
const permissions = [
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_metadata',
  'read_insights',
  'pages_messaging',
];
const tasks: Task[] = [
  'MANAGE',
  'CREATE_CONTENT',
  'MODERATE',
  'MESSAGING',
  'ADVERTISE',
  'ANALYZE',
  'MANAGE_LEADS',
  'CASHIER_ROLE',
];

const holds = (given: Task[]) =>
  change(t.server.installation, (act) =>
    givePageRole(act, {
      pageId: bakery.id,
      personId: cast.cleo.id,
      tasks: given,
      by: { kind: 'operator' },
      now: t.clock.now(),
    }),
  );

before(async () => {
  t = await testWorld();
  someone = (await t.get(`/me?access_token=${await t.login(cast.shop.id, cast.ben.id)}`)).body.id;
  await holds(['CREATE_CONTENT']);
  person = await t.login(cast.shop.id, cast.cleo.id, { permissions });
  pageToken = (await t.get(`/${bakery.id}?fields=access_token&access_token=${person}`)).body.access_token;
});
after(() => t.close());

interface PageOperation {
  name: string;
  /** The documented tasks, of which one is needed. */
  needs: Task[];
  /** The tokens that may call it: a Page token, or the token of the person too. */
  by: readonly ('page' | 'person')[];
  /** Status and code for a token of the person, where they are not the usual ones. */
  wrongKind?: readonly [status: number, code: number];
  call(token: string): Promise<Reply>;
}

const either = ['page', 'person'] as const;
const reading: Task[] = ['CREATE_CONTENT', 'MANAGE', 'MODERATE'];
const with_ = (path: string, token: string) =>
  t.get(`/${bakery.id}/${path}${path.includes('?') ? '&' : '?'}access_token=${token}`);

const operations: PageOperation[] = [
  { name: 'read the feed', needs: reading, by: either, call: (token) => with_('feed', token) },
  { name: 'read posts', needs: reading, by: either, call: (token) => with_('posts', token) },
  { name: 'read published posts', needs: reading, by: either, call: (token) => with_('published_posts', token) },
  { name: 'read one post', needs: reading, by: either, call: (token) => t.get(`/${post}?access_token=${token}`) },
  {
    name: 'publish',
    needs: ['CREATE_CONTENT'],
    by: ['page'],
    call: (token) => t.post(`/${bakery.id}/feed`, { message: 'hello', access_token: token }),
  },
  {
    name: 'delete a post',
    needs: ['CREATE_CONTENT'],
    by: ['page'],
    call: (token) => t.delete(`/${post}?access_token=${token}`),
  },
  {
    name: 'change a post',
    needs: ['CREATE_CONTENT'],
    by: ['page'],
    call: (token) => t.post(`/${post}`, { message: 'changed', access_token: token }),
  },
  {
    name: 'change what the Page says about itself',
    needs: ['MANAGE'],
    by: ['page'],
    wrongKind: [403, 210],
    call: (token) => t.post(`/${bakery.id}`, { about: 'changed', access_token: token }),
  },
  {
    name: 'read insights',
    needs: ['ANALYZE'],
    by: ['page'],
    wrongKind: [400, 190],
    call: (token) => with_('insights?metric=page_fans', token),
  },
  { name: 'read roles', needs: ['MANAGE'], by: either, call: (token) => with_('roles', token) },
  { name: 'read assigned users', needs: ['MANAGE'], by: either, call: (token) => with_('assigned_users', token) },
  {
    name: 'give tasks',
    needs: ['MANAGE'],
    by: either,
    call: (token) => t.post(`/${bakery.id}/assigned_users`, { user: someone, tasks: 'ANALYZE', access_token: token }),
  },
  {
    name: 'take tasks',
    needs: ['MANAGE'],
    by: either,
    call: (token) => t.delete(`/${bakery.id}/assigned_users?user=${someone}&access_token=${token}`),
  },
];

/** Everything about the Page that an operation could change. */
async function stateOf(): Promise<string> {
  const { read } = t.server.installation.db;
  const posts = await read.selectFrom('posts').selectAll().orderBy('id').execute();
  const roles = await read.selectFrom('page_roles').selectAll().orderBy('person_id').execute();
  const page = await read.selectFrom('pages').selectAll().where('id', '=', bakery.id).execute();
  return JSON.stringify([page, posts, roles]);
}

for (const operation of operations)
  test(`PR-01: to ${operation.name} takes ${operation.needs.join(' or ')}, by a token of ${operation.by.join(' or ')}`, async () => {
    for (const given of tasks) {
      for (const kind of either) {
        await holds(['CREATE_CONTENT']);
        post = (await t.post(`/${bakery.id}/feed`, { message: `here, ${given}, by ${kind}`, access_token: pageToken }))
          .body.id;
        await change(t.server.installation, (act) =>
          givePageRole(act, {
            pageId: bakery.id,
            personId: cast.ben.id,
            tasks: ['ANALYZE'],
            by: { kind: 'operator' },
            now: t.clock.now(),
          }),
        );
        await holds([given]);
        const before = await stateOf();
        const reply = await operation.call(kind === 'page' ? pageToken : person);
        const allowed = operation.needs.includes(given) && operation.by.includes(kind);
        const refusal = (operation.by.includes(kind) ? undefined : operation.wrongKind) ?? [403, 200];
        assert.deepEqual(
          [reply.status, reply.body?.error?.code],
          allowed ? [200, undefined] : refusal,
          `${given}, ${kind}: ${reply.text}`,
        );
        if (allowed) continue;
        assert.equal(await stateOf(), before, `${given}, ${kind}`);
      }
    }
  });

test('PR-01: a task of the newer kind holds the classic ones it includes', async () => {
  await holds(['PROFILE_PLUS_FACEBOOK_ACCESS']);
  assert.equal((await t.post(`/${bakery.id}/feed`, { message: 'hello', access_token: pageToken })).status, 200);
  assert.equal((await with_('roles', pageToken)).status, 403);
  await holds(['PROFILE_PLUS_FULL_CONTROL']);
  assert.equal((await with_('roles', pageToken)).status, 200);
});
