// RR-03: everything that takes back, racing everything that gives out. After the answer to the one nothing that came of
// the other works: not on the node that answered, nor on another once it has heard of it, nor when the right is given
// back later.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { giveAppRole, resetAppSecret, takeAppRole } from '../../src/apps/app-admin.ts';
import { setPassword } from '../../src/people/new-password.ts';
import { givePageRole, takePageRole } from '../../src/pages/page-roles.ts';
import { hashPassword } from '../../src/people/passwords.ts';
import { beginSession, endAllSessions, endSession } from '../../src/people/sign-in/sessions.ts';
import { change } from '../../src/liveness/change.ts';
import { fence } from '../../src/liveness/fence.ts';
import { rotateKeys, withdrawKey } from '../../src/liveness/keys/key-ring.ts';
import { answerOf, Browser, dialogUrl } from '../browser.ts';
import { callback, codeOf } from '../acts.ts';
import { databases } from '../databases.ts';
import { hearAll, nodeAt, openNodes, type TestNode } from '../nodes.ts';
import { cast, type Reply } from '../world.ts';
import { AppId, PersonId } from '../../src/store/ids.ts';

const { ana, ben, bakery, shop, draft } = cast;
const operator = { kind: 'operator' } as const;
const own = { client_id: shop.id, client_secret: shop.secret };
const permissions = ['email', 'pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];
const visitor = { userAgent: 'test', ipPrefix: '127.0.0.0/24' };
const ROUNDS = 8;

/**
 * One person in the middle of everything: logged in, with a token, a code, a client code, and a dialog open at its last
 * form.
 */
interface Scene {
  nodes: readonly TestNode[];
  /** The node on which it is taken back. */
  here: TestNode;
  /** The node on which it is given out meanwhile. */
  there: TestNode;
  app: { id: string; secret: string };
  person: { id: string; email: string; password: string };
  session: Parameters<typeof endSession>[2];
  token: string;
  code: string;
  clientCode: string;
  browser: Browser;
  dialog: ReturnType<Browser['form']>;
}

/** Ways in which tokens come into being. Answers what may hold some. */
const mints: Record<string, (scene: Scene) => Promise<Reply | string>> = {
  fb_exchange_token: ({ there, app, token }) =>
    there.post('/oauth/access_token', {
      grant_type: 'fb_exchange_token',
      client_id: app.id,
      client_secret: app.secret,
      fb_exchange_token: token,
    }),
  fb_attenuate_token: ({ there, app, token }) =>
    there.post('/oauth/access_token', {
      grant_type: 'fb_attenuate_token',
      client_id: app.id,
      fb_exchange_token: token,
    }),
  'a code': ({ there, app, code }) =>
    there.post('/oauth/access_token', { client_id: app.id, client_secret: app.secret, redirect_uri: callback, code }),
  'a client code': ({ there, app, clientCode }) =>
    there.post('/oauth/access_token', { client_id: app.id, redirect_uri: callback, code: clientCode }),
  '/me/accounts': ({ there, token }) => there.get(`/me/accounts?fields=access_token&access_token=${token}`),
  'a Page': ({ there, token }) => there.get(`/${bakery.id}?fields=access_token&access_token=${token}`),
  'the last form of a dialog': async ({ browser, dialog }) => (await browser.post(dialog)).location ?? '',
  client_credentials: ({ there, app }) =>
    there.post('/oauth/access_token', {
      grant_type: 'client_credentials',
      client_id: app.id,
      client_secret: app.secret,
    }),
};

/** An app in development has no Pages, so it mints for people alone. */
const userMints = Object.fromEntries(Object.entries(mints).filter(([name]) => !/Page|accounts|credentials/.test(name)));
const personal = Object.fromEntries(Object.entries(mints).filter(([name]) => name !== 'client_credentials'));

interface Act {
  app?: Scene['app'];
  person?: Scene['person'];
  mints: typeof mints;
  take(scene: Scene): Promise<unknown>;
  /** Gives the right back, as somebody would later. */
  giveBack(scene: Scene): Promise<unknown>;
  /** Says which of the tokens found must be dead; all of them where it is left out. */
  kills?(token: string, scene: Scene): boolean;
  rounds?: number;
}

const again = ({ here, app, person }: Scene) => here.login(app.id, person.id, { permissions });
const makingOn = ({ here }: Scene, make: Parameters<typeof change>[1]) => change(here.server.installation, make);

const acts: Record<string, Act> = {
  'removing the app': {
    mints: personal,
    take: async ({ here, token }) =>
      assert.equal((await here.delete(`/me/permissions?access_token=${token}`)).text, 'true'),
    giveBack: again,
  },
  'a new password': {
    mints: personal,
    take: (scene) =>
      makingOn(scene, async (making) =>
        setPassword(scene.here.server.installation, making, ana.id, await quick, operator),
      ),
    giveBack: again,
  },
  'logging out': {
    mints: personal,
    take: (scene) => makingOn(scene, (making) => endSession(scene.here.server.installation, making, scene.session)),
    giveBack: again,
  },
  'logging out everywhere': {
    mints: personal,
    take: (scene) => makingOn(scene, (making) => endAllSessions(scene.here.server.installation, making, ana.id)),
    giveBack: again,
  },
  'oauth/revoke': {
    // A dialog that ends meanwhile is a log-in of its own, and so is the code it gave.
    mints: Object.fromEntries(
      Object.entries(personal).filter(([name]) => name !== 'the last form of a dialog' && name !== 'a code'),
    ),
    take: async ({ here, token }) =>
      assert.equal(
        (await here.post('/oauth/revoke', { ...own, revoke_token: token, access_token: `${shop.id}|${shop.secret}` }))
          .body.success,
        'true',
      ),
    giveBack: again,
  },
  'losing the role on a Page': {
    person: ben,
    mints: { '/me/accounts': mints['/me/accounts'] as never, 'a Page': mints['a Page'] as never },
    take: (scene) =>
      makingOn(scene, (making) => takePageRole(making, { pageId: bakery.id, personId: ben.id, by: operator })),
    giveBack: (scene) =>
      makingOn(scene, (making) =>
        givePageRole(making, { pageId: bakery.id, personId: ben.id, tasks: ['ANALYZE'], by: operator, now: 1 }),
      ),
    kills: (token, scene) => token !== scene.token,
  },
  'losing the role on an app in development': {
    app: draft,
    person: ben,
    mints: userMints,
    take: (scene) =>
      makingOn(scene, (making) =>
        takeAppRole(scene.here.server.installation, making, {
          appId: draft.id,
          personId: ben.id,
          role: 'administrators',
          by: operator,
        }),
      ),
    giveBack: (scene) =>
      makingOn(scene, (making) =>
        giveAppRole(making, { appId: draft.id, personId: ben.id, role: 'administrators', by: operator }, 1),
      ),
  },
  'a new app secret': {
    mints: { client_credentials: mints.client_credentials as never },
    take: ({ here }) => resetAppSecret(here.server.installation, { appId: shop.id, by: operator }),
    giveBack: async (scene) => {
      scene.app = {
        id: shop.id,
        secret: await resetAppSecret(scene.here.server.installation, { appId: shop.id, by: operator }),
      };
    },
    kills: (token) => token.includes('|'),
    rounds: 4,
  },
  'a fence': {
    mints: personal,
    take: ({ here }) => fence(here.server.installation, operator),
    giveBack: again,
    rounds: 4,
  },
  'withdrawing a key': {
    mints: Object.fromEntries(Object.entries(mints).filter(([name]) => !/code|form/.test(name))),
    take: async ({ here }) => {
      const { accepted } = await rotateKeys(here.server.installation, operator);
      await withdrawKey(here.server.installation, accepted, operator);
    },
    giveBack: again,
    // A token that was made after the rotation is of the new key, and of no right that was lost.
    kills: (token, scene) => token === scene.token,
    rounds: 1,
  },
};

const quick = hashPassword('another password', { passes: 1, memory: 8192 });

async function scene(
  nodes: readonly TestNode[],
  { app = shop, person = ana }: Act,
  here: TestNode,
  there: TestNode,
): Promise<Scene> {
  const { installation } = here.server;
  const { session, cookie } = await change(installation, (making) =>
    beginSession(installation, making, PersonId.of(person.id), visitor),
  );
  const token = await here.login(app.id, person.id, { permissions, session: session.id });
  const code = await codeOf(here, { app: AppId.of(app.id), user: PersonId.of(person.id), session: session.id });
  for (const node of nodes) node.server.installation.facts.cache.clear();
  await hearAll(nodes);
  const { body } = await here.post('/oauth/client_code', {
    client_id: app.id,
    client_secret: app.secret,
    redirect_uri: callback,
    access_token: token,
  });
  // The other node knows the person, the app and the role on the Page, and not yet every epoch.
  await there.get(`/${bakery.id}?fields=name,tasks&access_token=${token}`);
  const browser = new Browser(there);
  await browser.open('/login');
  browser.cookies.set('__Host-hp_session', cookie);
  // auth_type=rerequest shows a form also where everything was granted before.
  await browser.open(
    dialogUrl({
      client_id: app.id,
      redirect_uri: callback,
      response_type: 'token',
      scope: 'user_gender',
      auth_type: 'rerequest',
    }),
  );
  const forms = browser.forms().map((form) => form.action);
  const action = forms.find((one) => /confirm|again/.test(one));
  assert.ok(action, `a dialog at its last form: ${browser.heading()} ${forms}`);
  return {
    nodes,
    here,
    there,
    app,
    person,
    session,
    token,
    code,
    clientCode: body.code,
    browser,
    dialog: browser.form(action, { decision: 'continue' }),
  };
}

/** Every token in an answer or an address. */
function tokensIn(given: Reply | string): string[] {
  if (typeof given === 'string') return [answerOf(given).fragment.get('access_token') ?? []].flat();
  return [...(given.text.match(/\b[EX]AA[A-Za-z0-9]{60,}/g) ?? []), ...[given.body?.access_token ?? []].flat()].filter(
    (one, i, all) => all.indexOf(one) === i,
  );
}

async function pause(turns: number): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise((turn) => setImmediate(turn));
}

async function works(node: TestNode, token: string): Promise<boolean> {
  const path = token.includes('|') ? `/${token.split('|')[0]}` : '/me';
  const { status, body } = await node.get(`${path}?fields=id&access_token=${encodeURIComponent(token)}`);
  if (status !== 200) assert.deepEqual([status, body.error.code], [400, 190]);
  return status === 200;
}

for (const [database, open] of databases())
  describe(`on ${database}`, () => {
    for (const [name, act] of Object.entries(acts))
      test(`RR-03: of ${name}, racing ${Object.keys(act.mints).join(', ')}, nothing is left alive`, async (t) => {
        const nodes = await openNodes(t, open, 2, { settings: { guessingLimits: false } });
        let given = 0;
        for (let round = 0; round < (act.rounds ?? ROUNDS); round++) {
          const stage = await scene(nodes, act, nodes[0], nodeAt(nodes, 1));
          // Each round a little later in the course of the giving; every second one only after it.
          const racing = round % 2 === 1 ? [] : Object.values(act.mints).map((mint) => mint(stage));
          await pause(round);
          await act.take(stage);
          // The other node may not have heard of it yet: what it still gives must die of what it hears.
          const late = await Promise.all(Object.values(act.mints).map((mint) => mint(stage)));
          const found = [stage.token, ...[...(await Promise.all(racing)), ...late].flatMap(tokensIn)];
          given += found.length - 1;
          const doomed = found.filter((token) => act.kills?.(token, stage) ?? true);
          for (const token of doomed)
            assert.equal(await works(stage.here, token), false, `at once, on the node that answered: round ${round}`);
          await hearAll(nodes);
          for (const node of nodes)
            for (const token of doomed) assert.equal(await works(node, token), false, `on every node: round ${round}`);
          await act.giveBack(stage);
          for (const node of nodes) node.server.installation.facts.cache.clear();
          await hearAll(nodes);
          for (const token of doomed)
            assert.equal(await works(stage.here, token), false, `after the right was given back: round ${round}`);
        }
        assert.ok(given > 0, 'something was given out while it was taken back');
      });
  });
