// A database must pass these checks after a crash: whole, every answered act in it, and of every other act all or
// nothing.
import assert from 'node:assert/strict';
import type { Database, Sealer } from '@hallpass/db';
import { sql } from 'kysely';
import { codeHash } from '../../src/codes/codes.ts';
import type { Installation } from '../../src/index.ts';
import * as apps from '../../src/store/apps/apps.ts';
import * as events from '../../src/store/audit/verify.ts';
import type { Schema } from '../../src/store/schema.ts';
import { purposeKeys } from '../../src/tokens/keys.ts';
import type { Told } from './crash-acts.ts';
import { cast } from '../world.ts';

export async function mustBeWhole(
  db: Database<Schema>,
  rootKey: Uint8Array,
  sealer: Sealer,
  told: readonly Told[],
): Promise<void> {
  if (db.kind === 'sqlite') {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db.read);
    assert.deepEqual(rows, [{ integrity_check: 'ok' }]);
  }
  const { value: id } = await db.read
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'installation')
    .executeTakeFirstOrThrow();
  const keys = purposeKeys(rootKey, id);
  const verdict = await events.verify(db.read, keys.audit);
  assert.deepEqual([verdict.brokenAt, verdict.cut], [undefined, false], 'the audit trail is whole');
  await epochsHaveHistory(db);
  await allOrNothing(db, sealer);
  await everythingTold(db, { keys } as Installation, sealer, told);
}

/** No step of an epoch without its line of history, and none twice. */
async function epochsHaveHistory({ read }: Database<Schema>): Promise<void> {
  const stepped = new Map(
    (await read.selectFrom('epochs').selectAll().execute()).map(({ scope, epoch }) => [scope, epoch]),
  );
  const history = new Map<string, number[]>();
  for (const { scope, epoch } of await read
    .selectFrom('invalidations')
    .select(['scope', 'epoch'])
    .orderBy('epoch')
    .execute())
    history.set(scope, [...(history.get(scope) ?? []), epoch]);
  assert.deepEqual(
    [...stepped].map(([scope, epoch]) => [scope, Array.from({ length: epoch }, (_, i) => i + 1)]).sort(),
    [...history].sort(),
  );
}

/** Each act leaves several rows; they come together. */
async function allOrNothing({ read }: Database<Schema>, sealer: Sealer): Promise<void> {
  const trail = await read.selectFrom('events').selectAll().execute();
  const named = (name: string, reason?: string) =>
    trail.filter((row) => row.name === name && (reason === undefined || row.reason === reason));
  const planted = new Set(Object.values(cast).map(({ id }) => id as string));
  const people = (await read.selectFrom('people').selectAll().execute()).filter(({ id }) => !planted.has(id));
  const ids = (rows: { target_id: string | null }[]) => rows.map((row) => row.target_id as string).sort();
  assert.deepEqual(people.map(({ id }) => id).sort(), ids(named('auth.signup')), 'an account and its line');

  const sessions = await read.selectFrom('web_sessions').selectAll().execute();
  assert.deepEqual(
    sessions.map(({ id }) => id).sort(),
    ids(named('auth.login.ok')).filter((id, i, all) => all.indexOf(id) === i),
    'a session and its log-in',
  );

  const codes = (await read.selectFrom('single_use').selectAll().execute()).filter(({ kind }) => kind === 'code');
  assert.deepEqual(
    codes.map(({ person_id: person }) => person).sort(),
    ids(named('dialog.granted')),
    'a code and the grant it came with',
  );
  assert.equal(codes.length, named('code.issued').length);
  const finished = (await read.selectFrom('interactions').selectAll().execute()).filter(
    (row) => row.finished_at !== null,
  );
  assert.equal(finished.length, codes.length, 'a finished dialog and its code');
  const removed = ids(named('grant.changed', 'app_removed'));
  const grants = await read.selectFrom('grants').selectAll().execute();
  assert.deepEqual(
    [...grants.map((grant) => grant.person_id), ...removed].sort(),
    codes.map(({ person_id: person }) => person).sort(),
    'a grant, until it is removed',
  );
  assert.deepEqual(
    codes
      .filter((code) => code.used_at !== null)
      .map((code) => code.person_id)
      .sort(),
    ids(named('code.redeemed')),
    'a used code and its redemption',
  );
  assert.equal(named('code.redeemed').length, named('token.issued').length, 'no token without redemption');

  const declined = grants.filter(
    (grant) =>
      (JSON.parse(grant.permissions) as apps.App['settings'] & { email?: { status: string } }).email?.status ===
      'declined',
  );
  const takenBack = ids(named('grant.changed', 'revoked email'));
  assert.deepEqual(
    declined.map((grant) => grant.person_id).sort(),
    takenBack.filter((person) => !removed.includes(person)),
    'a permission and its line',
  );

  const epochs = new Map(
    (await read.selectFrom('epochs').selectAll().execute()).map(({ scope, epoch }) => [scope, epoch]),
  );
  const changed = ids(named('auth.password.changed'));
  for (const { id } of people) {
    assert.equal(epochs.get(`user:${id}`) ?? 0, changed.includes(id) ? 1 : 0, 'a new password ends tokens');
    const open = sessions.filter((session) => session.person_id === id && session.ended_at === null);
    if (changed.includes(id)) assert.equal(open.length, 1, 'and every other session');
    assert.equal(
      epochs.get(`grant:${cast.shop.id}:${id}`) ?? 0,
      removed.includes(id) ? 1 : 0,
      'a removed app ends its tokens',
    );
    assert.equal(
      epochs.get(`page_role:${cast.bakery.id}:${id}`) ?? 0,
      ids(named('role.changed', `page ${cast.bakery.id}: none`)).includes(id) ? 1 : 0,
      'a lost role ends Page tokens',
    );
    assert.equal(
      epochs.get(`grant:${cast.draft.id}:${id}`) ?? 0,
      ids(named('role.changed', 'app: no longer testers')).includes(id) ? 1 : 0,
    );
  }
  const rival = await apps.byId(read, sealer, cast.rival.id);
  assert.equal(rival?.secretEpoch, named('app.secret.reset').length);
  assert.match(rival?.secret ?? '', /^[0-9a-f]{32}$/, 'the secret opens: it and its epoch came together');
}

/** Every act whose answer was heard is there. */
async function everythingTold(
  { read }: Database<Schema>,
  installation: Installation,
  sealer: Sealer,
  told: readonly Told[],
): Promise<void> {
  const trail = await read.selectFrom('events').select(['name', 'reason', 'target_id']).execute();
  const rival = await apps.byId(read, sealer, cast.rival.id);
  const secrets = told.filter((one) => one.act === 'secret');
  assert.ok((rival?.secretEpoch ?? 0) >= secrets.length);
  if (rival?.secretEpoch === secrets.length && secrets.length > 0)
    assert.equal(rival.secret, secrets.at(-1)?.secret, 'the secret that was told last');
  for (const one of told) {
    const person = await read.selectFrom('people').selectAll().where('email', '=', one.email).executeTakeFirst();
    assert.ok(person, `the account ${one.email}`);
    const has = (name: string, reason?: string) =>
      trail.some(
        (row) => row.name === name && row.target_id === person.id && (reason === undefined || row.reason === reason),
      );
    const sessions = await read.selectFrom('web_sessions').selectAll().where('person_id', '=', person.id).execute();
    switch (one.act) {
      case 'account':
        break;
      case 'log-in':
        assert.equal(sessions.length, 2, 'both log-ins');
        break;
      case 'code':
      case 'redemption': {
        const row = await read
          .selectFrom('single_use')
          .selectAll()
          .where('hash', '=', codeHash(installation, 'code', one.code))
          .executeTakeFirst();
        assert.ok(row, 'the code');
        if (one.act === 'redemption') assert.notEqual(row.used_at, null, 'used');
        break;
      }
      case 'permission':
        assert.ok(has('grant.changed', 'revoked email'));
        break;
      case 'page role':
        assert.ok(has('role.changed', `page ${cast.bakery.id}: none`));
        break;
      case 'app role':
        assert.ok(has('role.changed', 'app: no longer testers'));
        break;
      case 'secret':
        break;
      case 'password':
        assert.ok(has('auth.password.changed'));
        break;
      case 'removal':
        assert.ok(has('grant.changed', 'app_removed'));
        break;
    }
  }
}
