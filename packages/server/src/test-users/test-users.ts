// Test users are made for one app: people who belong to an app and exist for its tests. The app makes as many as it
// likes, installed or not, gets their tokens, and deletes them. Source: the test users edge of the app and the test
// users guide.
import { alwaysGranted, lifetimes, type Permission, graphError, withDependencies, randomHex } from '@hallpass/protocol';
import { type Actor, type Change, change, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { mint, newId } from '../installation/mint.ts';
import * as apps from '../store/apps/apps.ts';
import * as grants from '../store/grants/grants.ts';
import * as people from '../store/people/people.ts';
import { giveAppRole, takeAppRole } from '../apps/app-admin.ts';
import { deletePersonIn } from '../operator/delete-person.ts';
import { consentStands, giveGrant, Overtaken } from '../consent/give-grant.ts';
import { setPassword } from '../people/new-password.ts';
import { newHash } from '../people/passwords.ts';
import { addPerson } from '../people/people.ts';
import { removeApp } from '../consent/remove-app.ts';
import { scopedIdFor } from '../people/scoped-id.ts';
import { notifyNameChange } from '../callbacks/notify-app.ts';
import type { AppId, PersonId, ScopedId } from '../store/ids.ts';

interface NewTestUser {
  /** In its stored form; made up when absent. */
  name: string | undefined;
  /** Made up when absent. */
  password: string | undefined;
  minor: boolean;
  /** Adds the app for them, with these permissions. */
  installed: boolean;
  permissions: readonly Permission[];
}

interface TestUser {
  person: people.Person;
  scopedId: ScopedId;
}

const firstNames = [
  'Ada',
  'Bo',
  'Chidi',
  'Dana',
  'Eli',
  'Fatima',
  'Goran',
  'Hana',
  'Ines',
  'Jun',
  'Kofi',
  'Lena',
  'Mara',
  'Nils',
  'Oba',
  'Priya',
];
const lastNames = [
  'Ashdown',
  'Brook',
  'Castell',
  'Dunmore',
  'Elder',
  'Fairley',
  'Greave',
  'Holm',
  'Ingram',
  'Jessop',
  'Kerr',
  'Lindqvist',
  'Moreau',
  'Norling',
  'Okoro',
  'Pell',
];

function madeUpName({ world }: Pick<Installation, 'world'>): string {
  const [a = 0, b = 0] = world.random.bytes(2);
  return `${firstNames[a % firstNames.length]} Test ${lastNames[b % lastNames.length]}`;
}

/**
 * Makes a test user of the app. @throws GraphError testuser.limit when the app has as many as it may have,
 * testuser.creation_off
 */
export async function makeTestUser(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  app: apps.App,
  wanted: NewTestUser,
  by: Actor,
): Promise<TestUser & { email: string; password: string }> {
  const { world, settings } = installation;
  const most = settings.testUsersPerApp;
  if (!settings.testUserCreation) throw graphError('testuser.creation_off');
  const now = world.clock.now();
  const password = wanted.password ?? Buffer.from(world.random.bytes(12)).toString('base64url');
  const stored = await newHash(installation, password);
  const name = wanted.name ?? madeUpName(installation);
  // A name in .invalid can never be somebody's mailbox.
  const email = `test_${randomHex(world.random, 8)}@test-users.invalid`;
  const birthYear = new Date(now * 1000).getUTCFullYear() - (wanted.minor ? 15 : 30);
  const made = await change(installation, async (act) => {
    // Counted while nobody else can make one.
    if (
      most > 0 &&
      (await apps.holdForChange(act.tx, installation.sealer, app.id)) &&
      (await people.countTestUsers(act.tx, app.id)) >= most
    )
      throw graphError('testuser.limit', { limit: String(most) });
    const person = await addPerson(installation, act, {
      name,
      email,
      password: stored,
      testUserOf: app.id,
      profile: { birthday: `01/01/${birthYear}` },
    });
    const scopedId = await scopedIdFor(installation, act.tx, app.id, person.id);
    if (wanted.installed) await install(installation, act, app.id, person, wanted.permissions, now);
    act.event({ name: 'testuser.created', outcome: 'ok', appId: app.id, ...actorFacts(by), targetId: person.id });
    return { person, scopedId };
  });
  return { ...made, email, password };
}

/**
 * Lets an app use a test user that belongs to another one, as its tester. The owner has said yes with its own token.
 */
export async function shareTestUser(
  installation: ChangeContext,
  app: apps.App,
  personId: PersonId,
  wanted: Pick<NewTestUser, 'installed' | 'permissions'>,
  by: Actor,
): Promise<ScopedId> {
  const now = installation.world.clock.now();
  return change(installation, async (act) => {
    // Sharing and taking out come one after the other: otherwise the grant of the one could outlive the role that the
    // other takes.
    await apps.holdForChange(act.tx, installation.sealer, app.id);
    const scopedId = await scopedIdFor(installation, act.tx, app.id, personId);
    await giveAppRole(act, { appId: app.id, personId, role: 'testers', by }, now);
    const person = await people.byId(act.tx, personId);
    if (wanted.installed && person) await install(installation, act, app.id, person, wanted.permissions, now);
    return scopedId;
  });
}

async function install(
  installation: Pick<Installation, 'keys' | 'sealer'>,
  making: Change,
  appId: AppId,
  person: Pick<people.Person, 'id' | 'testUserOf'>,
  wanted: readonly Permission[],
  now: number,
): Promise<void> {
  const permissions: Record<string, grants.Permit> = {};
  for (const name of withDependencies([alwaysGranted, ...wanted])) permissions[name] = { status: 'granted' };
  await giveGrant(installation, making, {
    appId,
    person,
    session: undefined,
    by: { kind: 'app', id: appId },
    reason: 'test user',
    version: undefined,
    now,
    decide: () => ({
      appId,
      personId: person.id,
      permissions,
      dataAccessUntil: now + lifetimes.dataAccess,
      createdAt: now,
      updatedAt: now,
    }),
    mint: async () => undefined,
  }).catch((error: unknown) => {
    // The app was disabled, or lost the test user, at this very moment.
    throw error instanceof Overtaken ? graphError('permission.denied') : error;
  });
}

/** A fresh short-lived token of a test user for whom the app is installed: each time the log-in of its own. */
export async function testUserToken(
  installation: Pick<Installation, 'db' | 'ring' | 'sealer' | 'world'>,
  app: apps.App,
  person: Pick<people.Person, 'id' | 'testUserOf'>,
): Promise<string | undefined> {
  const now = installation.world.clock.now();
  const { read } = installation.db;
  const { text } = await mint(installation, read, {
    kind: 'user',
    app: app.id,
    user: person.id,
    session: undefined,
    login: newId(installation),
    issuedAt: now,
    expiresAt: lifetimes.shortUserToken({ now, marketingTier: app.settings.marketingTier }),
    longLived: false,
    native: false,
    authType: undefined,
    authNonce: undefined,
  });
  // After the epochs: what was taken away before they were read is seen here, what goes later finds a token that dies
  // of it.
  if (!(await grants.find(read, app.id, person.id))) return undefined;
  if (!(await consentStands(installation, read, { appId: app.id, person, session: undefined }))) return undefined;
  installation.world.log('info', 'token.issued', { appId: app.id, targetId: person.id });
  return text;
}

/** Writes a new name or password (a new password ends sessions and tokens, as it does for everybody). */
export async function changeTestUser(
  installation: ChangeContext,
  person: people.Person,
  wanted: { name?: string; password?: string },
  by: Actor,
): Promise<void> {
  const stored = wanted.password === undefined ? undefined : await newHash(installation, wanted.password);
  await change(installation, async (act) => {
    if (wanted.name !== undefined) {
      await people.setName(act.tx, person.id, wanted.name);
      await notifyNameChange(act, person, wanted.name, installation.world.clock.now());
    }
    if (stored !== undefined) await setPassword(installation, act, person.id, stored, by);
  });
}

/** Takes a shared test user away from an app it does not belong to; of its own one, only the app is removed. */
export async function detachTestUser(
  installation: ChangeContext,
  app: apps.App,
  personId: PersonId,
  by: Actor,
): Promise<void> {
  await change(installation, async (act) => {
    await apps.holdForChange(act.tx, installation.sealer, app.id);
    await removeApp(act, { appId: app.id, personId, by, now: installation.world.clock.now() });
    await takeAppRole(installation, act, { appId: app.id, personId, role: 'testers', by });
  });
}

/** Deletes a test user with everything that hangs on it; the ids stay taken. */
export async function deleteTestUser(installation: ChangeContext, person: people.Person, by: Actor): Promise<void> {
  const personId = person.id;
  await change(installation, async (act) => {
    await deletePersonIn(act, personId, by, installation.world.clock.now());
    act.event({
      name: 'testuser.deleted',
      outcome: 'ok',
      appId: person.testUserOf ?? undefined,
      ...actorFacts(by),
      targetId: personId,
    });
  });
}
