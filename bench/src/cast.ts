// The measurements use these people and apps: one app, one person with 25 Pages, and on demand a crowd with a grant
// each.
import type { Installation } from '@hallpass/server';
import { AppId, change, mint, newId, issueCode, PersonId, ScopedId, type WorldSeed } from '@hallpass/server/testing';

export const app = { id: AppId.of('2001'), secret: '1'.repeat(32), clientToken: '2'.repeat(32) };
export const redirect = 'https://app.example/cb';
const person = PersonId.of('1001');
const permissions = ['public_profile', 'email', 'pages_show_list', 'pages_read_engagement', 'pages_manage_posts'];

export const seed: WorldSeed = {
  people: [{ id: person, name: 'Ana Lopes', email: 'ana@example.com' }],
  apps: [
    {
      ...app,
      name: 'Bench',
      mode: 'live',
      type: 'web',
      settings: { redirectUris: [redirect], advancedAccess: permissions },
    },
  ],
  pages: Array.from({ length: 25 }, (_, i) => ({
    id: String(3001 + i),
    name: `Page ${i}`,
    category: 'Brand',
    roles: [{ person, tasks: ['MANAGE' as const, 'CREATE_CONTENT' as const] }],
  })),
  grants: [{ person, app: app.id, granted: permissions }],
};

const record = (installation: Installation, user: PersonId, longLived: boolean) => {
  const now = installation.world.clock.now();
  return {
    kind: 'user' as const,
    app: app.id,
    user,
    session: undefined,
    login: newId(installation),
    issuedAt: now,
    expiresAt: now + (longLived ? 60 * 86_400 : 7200),
    longLived,
    native: false,
    authType: undefined,
    authNonce: undefined,
  };
};

/** A short and a long user token of the one person. */
export function tokens(installation: Installation): Promise<{ short: string; long: string }> {
  return installation.db.act(async ({ tx }) => ({
    short: (await mint(installation, tx, record(installation, person, false))).text,
    long: (await mint(installation, tx, record(installation, person, true))).text,
  }));
}

/** Authorization codes that were never used. */
export async function codes(installation: Installation, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let i = 0; i < count; i += 500) made.push(...(await issueMany(installation, Math.min(500, count - i))));
  return made;
}

async function issueMany(installation: Installation, count: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: count }, () =>
      change(installation, (making) =>
        issueCode(installation, making, {
          app: app.id,
          user: person,
          session: undefined,
          login: newId(installation),
          redirectUri: redirect,
          form: 'web',
        }),
      ),
    ),
  );
}

/** Rows in one statement. */
const AT_ONCE = 500;

/** Made once: tokens of so many people, as an app has them that is used by many. */
let ofMany: Promise<string[]> | undefined;
export const tokensOfMany = (installation: Installation): Promise<string[]> =>
  (ofMany ??= crowd(installation, MANY, MANY));
export const MANY = 10_000;

/** Writes beside the calls: log-outs of sessions that no measured token came from, so many in a second. */
export function writeBeside(installation: Installation, perSecond: number): { stop(): void } {
  let session = 0;
  const every = 20;
  const timer = setInterval(() => {
    for (let i = 0; i < (perSecond * every) / 1000; i++)
      void change(installation, ({ record }) =>
        record('logged_out', { app: app.id, session: String(++session) }, { kind: 'system' }),
      );
  }, every);
  return { stop: () => clearInterval(timer) };
}

/** The people of all crowds so far: each crowd begins after the one before. */
let crowded = 0;

/** `count` more people, each with a grant and a live long token; `given` of the tokens are handed back. */
export async function crowd(installation: Installation, count: number, given = 1000): Promise<string[]> {
  const some: string[] = [];
  const now = installation.world.clock.now();
  const until = now + 90 * 86_400;
  const granted = JSON.stringify(Object.fromEntries(permissions.map((name) => [name, { status: 'granted' }])));
  const base = 10_000_000 + crowded;
  crowded += count;
  const every = Math.max(1, Math.floor(count / given));
  for (let from = 0; from < count; from += AT_ONCE) {
    const ids = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => PersonId.of(String(base + from + i)));
    await installation.db.act(async ({ tx }) => {
      await tx
        .insertInto('people')
        .values(
          ids.map((id) => ({
            id,
            name: `Person ${id}`,
            first_name: 'Person',
            middle_name: null,
            last_name: id,
            email: null,
            password: null,
            state: 'active' as const,
            test_user_of: null,
            profile: '{}',
            administrator: 0,
            created_at: now,
          })),
        )
        .execute();
      await tx
        .insertInto('app_people')
        .values(ids.map((id) => ({ app_id: app.id, person_id: id, scoped_id: ScopedId.of(`9${id}`) })))
        .execute();
      await tx
        .insertInto('grants')
        .values(
          ids.map((id) => ({
            app_id: app.id,
            person_id: id,
            permissions: granted,
            data_access_until: until,
            created_at: now,
            updated_at: now,
          })),
        )
        .execute();
      for (const [i, id] of ids.entries())
        if ((from + i) % every === 0) some.push((await mint(installation, tx, record(installation, id, true))).text);
    });
  }
  installation.facts.cache.clear();
  return some;
}
