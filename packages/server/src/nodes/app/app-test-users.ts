// These edges are about the test users of an app: making, listing, sharing and detaching them, by the app's own token,
// or in the dashboard by an administrator or developer of the app, where no token is shown (threats PR-09). Sources:
// the test users edge (accounts, also under its older path accounts/test-users) and the test users guide.
import {
  all,
  any,
  appRole,
  dashboard,
  type Permission,
  readScope,
  graphError,
  retiredPermissions,
  rolesThatMay,
} from '@hallpass/protocol';
import { openCredential } from '../../apps/open-credential.ts';
import { loginLinkPath, newLoginCode } from '../../codes/login-link.ts';
import { passwordFault } from '../../people/passwords.ts';
import { nameOf } from '../../people/people.ts';
import { knownAs } from '../../people/scoped-id.ts';
import { FIRST_PARTY, PersonId, ScopedId } from '../../store/ids.ts';
import {
  deleteTestUser,
  detachTestUser,
  makeTestUser,
  shareTestUser,
  testUserToken,
} from '../../test-users/test-users.ts';
import { callerActor } from '../shared/actor.ts';
import type { Context } from '../../graph/language/context.ts';
import type { KnownViewer } from '../../graph/authentication/viewer.ts';
import { partOf } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { appItself } from '../shared/requirements.ts';
import { type Edge, edge, listEdge, type PageRequest } from '../../graph/language/schema.ts';
import { addressesFor } from '../../hosts.ts';
import * as apps from '../../store/apps/apps.ts';
import * as people from '../../store/people/people.ts';

type App = apps.App;

/** The app itself, or in the dashboard a person whose role on it is to make test users. */
const makesTestUsers = any(all(dashboard, appRole(...rolesThatMay('create_test_users'))), appItself);

const tokenFor = async (
  { installation, viewer }: Context,
  app: App,
  person: people.Person,
): Promise<string | undefined> =>
  viewer.dashboard === undefined ? testUserToken(installation, app, person) : undefined;

async function loginUrl(
  { call, installation, viewer }: Context,
  app: App,
  personId: PersonId,
  scopedId: ScopedId,
): Promise<string> {
  const makerId = viewer.person ? await knownAs(installation, FIRST_PARTY, viewer.person.id) : undefined;
  return (
    addressesFor(call.base, installation.settings).www +
    loginLinkPath(await newLoginCode(installation, { app, personId, scopedId, makerId }))
  );
}

/**
 * Names that were retired are left out, as the dialog does, with a debug message. @throws GraphError param.invalid for
 * a word that never named a permission
 */
function permissionsAsked({ debug }: Context, names: readonly string[] | undefined): Permission[] {
  const asked = readScope((names ?? []).join(','));
  for (const name of asked.unknown) {
    const version = retiredPermissions.get(name);
    if (version === undefined) throw graphError('param.invalid', { name: 'permissions' });
    debug.push({
      type: 'warning',
      message: `The permission ${name} is deprecated for versions ${version} and higher and is left out.`,
    });
  }
  return asked.permissions;
}

/** Test users of other apps that were shared with this one: they are its testers. */
async function sharedWith({ q }: Context, app: App): Promise<people.Person[]> {
  const testers = (await apps.roles(q, app.id))
    .filter(({ role }) => role === 'testers')
    .map(({ personId }) => personId);
  return (await people.byIds(q, testers)).filter(
    (person) => person.testUserOf !== null && person.testUserOf !== app.id && person.state !== 'deleted',
  );
}

/**
 * A test user of the app, or one that was shared with it.
 * @throws GraphError param.invalid
 */
export async function knownTestUser(context: Context, app: App, uid: ScopedId): Promise<people.Person> {
  const { facts } = context.installation;
  const personId = await facts.personBehind(app.id, uid);
  const person = personId === null ? null : await facts.person(personId);
  const known = person?.testUserOf === app.id || (await sharedWith(context, app)).some((one) => one.id === personId);
  if (!person || person.state === 'deleted' || !known) throw graphError('param.invalid', { name: 'uid' });
  return person;
}

/** So many are made in an hour at most, for each name of the edge. A figure of ours. */
const RATE = { calls: 500, seconds: 3600 };

interface TestUserItem {
  id: string;
  login_url: string;
  access_token?: string;
}

async function listed(context: Context, app: App, _args: unknown, page: PageRequest) {
  const { installation, q } = context;
  // Cursors are made of the ids the app knows, rows are read by the ids it does not.
  const edgeOf = async (cursor: string | undefined) =>
    cursor === undefined
      ? undefined
      : ((await installation.facts.personBehind(app.id, ScopedId.of(cursor))) ?? PersonId.none);
  const [after, before] = [await edgeOf(page.after), await edgeOf(page.before)];
  const own = await people.testUsersOf(q, app.id, { after, before, limit: page.limit + 1 });
  const allGuests = await sharedWith(context, app);
  const guests = allGuests.filter(
    (one) => (after === undefined || one.id > after) && (before === undefined || one.id < before),
  );
  const inOrder = [...own, ...guests].sort((a, b) => (a.id < b.id ? -1 : 1));
  const read = before === undefined ? inOrder.slice(0, page.limit + 1) : inOrder.slice(-page.limit - 1);
  const part = partOf(
    read,
    (person) => person.id,
    page,
    async () => (await people.countTestUsers(q, app.id)) + allGuests.length,
  );
  const rows = await Promise.all(
    part.rows.map(async (person): Promise<TestUserItem> => {
      const id = await knownAs(installation, app.id, person.id);
      const token = await tokenFor(context, app, person);
      return {
        id,
        login_url: await loginUrl(context, app, person.id, id),
        ...(token === undefined ? {} : { access_token: token }),
      };
    }),
  );
  return { ...part, rows, position: (row: TestUserItem) => row.id };
}

const params = {
  installed: param.bool('Whether the test user has added the app; true by default.'),
  permissions: param.list('What it has granted then.', { spaces: true }),
  name: param.text('Its name; made up by default.'),
  minor: param.bool('Whether it is under age.'),
  password: param.text('Its password; made up by default.'),
  uid: param.idOf(ScopedId, 'A test user of another app, by the id that app knows, to be shared with this one.'),
  owner_access_token: param.secret('App token of the app that the shared test user belongs to.'),
  locale: param.text('Accepted, but has no effect here.'),
};

/**
 * @throws GraphError param.invalid unless the token is that of the app the test user belongs to; both are answered
 * alike
 */
async function ownedElsewhere(
  { call, installation }: Context,
  uid: ScopedId,
  ownerToken: string | undefined,
): Promise<people.Person> {
  if (ownerToken === undefined) throw graphError('param.required', { name: 'owner_access_token' });
  const owner = await openCredential(installation, ownerToken, call.address);
  if (owner.is !== 'joined' || owner.kind !== 'app' || apps.secretIsKnown(owner.app))
    throw graphError('param.invalid', { name: 'owner_access_token' });
  const personId = await installation.facts.personBehind(owner.app.id, uid);
  const person = personId === null ? null : await installation.facts.person(personId);
  if (!person || person.testUserOf !== owner.app.id || person.state === 'deleted')
    throw graphError('param.invalid', { name: 'uid' });
  return person;
}

async function share(
  context: Context<KnownViewer>,
  app: App,
  uid: ScopedId,
  ownerToken: string | undefined,
  wanted: { installed: boolean; permissions: Permission[] },
) {
  const { installation } = context;
  const person = await ownedElsewhere(context, uid, ownerToken);
  const id = await shareTestUser(installation, app, person.id, wanted, callerActor(context));
  const token = await tokenFor(context, app, person);
  return {
    id,
    ...(token === undefined ? {} : { access_token: token }),
    login_url: await loginUrl(context, app, person.id, id),
  };
}

function edgesNamed(name: 'accounts' | 'accounts/test-users'): Edge<App>[] {
  return [
    listEdge(name, {
      doc: 'Test users, each with a link that logs a browser in as it, and a fresh token where it has added the app.',
      needs: makesTestUsers,
      params: { type: param.text('Only test-users here.', { oneOf: ['test-users'] }) },
      run: listed,
    }),
    edge('POST', name, {
      doc: 'Makes a test user, or shares one of another app.',
      needs: makesTestUsers,
      rate: RATE,
      params,
      async run(
        context,
        app: App,
        {
          installed = true,
          permissions,
          name: wantedName,
          minor = false,
          password,
          uid,
          owner_access_token: ownerToken,
        },
      ) {
        const { installation } = context;
        const granted = permissionsAsked(context, permissions);
        if (uid !== undefined) return share(context, app, uid, ownerToken, { installed, permissions: granted });
        const named = wantedName === undefined ? { name: undefined, fault: undefined } : nameOf(wantedName);
        if (named.fault !== undefined) throw graphError('param.invalid', { name: 'name' });
        if (password !== undefined && passwordFault(password) !== undefined)
          throw graphError('param.invalid', { name: 'password' });
        context.call.work.spend('password');
        const made = await makeTestUser(
          installation,
          app,
          { name: named.name, password, minor, installed, permissions: granted },
          callerActor(context),
        );
        const token = installed ? await tokenFor(context, app, made.person) : undefined;
        return {
          id: made.scopedId,
          ...(token === undefined ? {} : { access_token: token }),
          login_url: await loginUrl(context, app, made.person.id, made.scopedId),
          email: made.email,
          password: made.password,
        };
      },
    }),
    edge('DELETE', name, {
      doc: 'Takes a test user of another app out of this one; of its own test user, the app is removed.',
      needs: makesTestUsers,
      params: {
        uid: param.idOf(ScopedId, 'The test user, by the id this app knows.', { required: true }),
        type: param.text('Only test-users here.', { oneOf: ['test-users'] }),
      },
      async run(context, app: App, { uid }) {
        const person = await knownTestUser(context, app, uid);
        await detachTestUser(context.installation, app, person.id, callerActor(context));
        return { success: true };
      },
    }),
  ];
}

/** The dashboard has no token of a test user, by which a server deletes one (user-test-user.ts). */
const deletion: Edge<App> = edge('DELETE', 'test_users', {
  doc: 'Deletes a test user of this app permanently. One that other apps use, too, is taken out of this app and goes on in those.',
  source: 'ours',
  needs: all(dashboard, appRole(...rolesThatMay('create_test_users'))),
  params: { uid: param.idOf(ScopedId, 'The test user, by the id this app knows.', { required: true }) },
  async run(context, app: App, { uid }) {
    const { installation, q } = context;
    const personId = await installation.facts.personBehind(app.id, uid);
    const person = personId === null ? null : await installation.facts.person(personId);
    if (person?.testUserOf !== app.id || person.state === 'deleted') throw graphError('param.invalid', { name: 'uid' });
    const elsewhere = (await apps.appsWithRole(q, person.id)).some((id) => id !== app.id);
    if (elsewhere) await detachTestUser(installation, app, person.id, callerActor(context));
    else await deleteTestUser(installation, person, callerActor(context));
    return { success: true };
  },
});

export const appTestUsers: Edge<App>[] = [...edgesNamed('accounts'), ...edgesNamed('accounts/test-users'), deletion];
