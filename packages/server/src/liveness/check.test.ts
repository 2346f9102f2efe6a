// A token is judged by what is in force now, and a dead one pays for the first thing that ended it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InvalidationName } from '@hallpass/protocol';
import { cast } from '../../test/cast.ts';
import { type Parts, partsOfNode, recordOf, shopApp } from '../../test/parts.ts';
import * as apps from '../store/apps/apps.ts';
import * as people from '../store/people/people.ts';
import type { TokenRecord } from '../tokens/record.ts';
import { change } from './change.ts';
import { check } from './check.ts';

const { ana, ben, shop } = cast;
const seed = { people: [ana, ben], apps: [{ ...shopApp, roles: [{ person: ben.id, role: 'testers' }] }] };

/** Tells why a token is dead; `alive` where it is not. */
const fateOf = async (parts: Parts, record: TokenRecord = recordOf()): Promise<string> => {
  const found = await check(parts, record);
  return found.alive ? 'alive' : found.death.error;
};

const happens = (parts: Parts, name: InvalidationName, ids: Partial<TokenRecord> = {}): Promise<void> =>
  change(parts, ({ record }) => record(name, { ...recordOf(), ...ids }, { kind: 'operator' }));

test('a token lives while nothing has happened, and brings the app and the person along', async (t) => {
  const parts = await partsOfNode(t, seed);
  const found = await check(parts, recordOf());
  assert.ok(found.alive);
  assert.deepEqual(
    [found.subject.app.id, found.subject.person.id, found.subject.insider, found.subject.appRoles],
    [shop.id, ana.id, false, []],
  );
  const bens = await check(parts, recordOf({ user: ben.id }));
  assert.ok(bens.alive);
  assert.deepEqual([bens.subject.insider, bens.subject.appRoles], [true, ['testers']]);
});

test('the first event that moved one of its epochs on is the reason, whatever came later', async (t) => {
  const parts = await partsOfNode(t, seed);
  await happens(parts, 'password_changed');
  await parts.clock.advance(60);
  await happens(parts, 'app_tokens_ended');
  assert.equal(await fateOf(parts), 'token.password_changed');
  // A token of after the change of the password died with the app's other tokens.
  const later = recordOf();
  later.epochs[0] = 1;
  const found = await check(parts, later);
  assert.ok(!found.alive);
  assert.equal(found.death.cause, 'app_tokens_ended');
  assert.deepEqual(found.death.by, { kind: 'operator', id: null });
});

test('what ends the tokens of one person, app or session leaves all others alone', async (t) => {
  const parts = await partsOfNode(t, seed);
  await happens(parts, 'password_changed', { user: ben.id });
  await happens(parts, 'logged_out', { session: '78' });
  assert.equal(await fateOf(parts), 'alive');
  assert.equal(await fateOf(parts, recordOf({ session: '78' })), 'token.logged_out');
});

test('time and events: whichever came first is told', async (t) => {
  const parts = await partsOfNode(t, seed);
  const record = recordOf({ expiresAt: parts.clock.now() + 100 });
  assert.equal(await fateOf(parts, record), 'alive');
  await parts.clock.advance(100);
  assert.equal(await fateOf(parts, record), 'token.session_expired');
  await happens(parts, 'password_changed');
  assert.equal(await fateOf(parts, record), 'token.session_expired');
  assert.equal(await fateOf(parts, recordOf({ expiresAt: parts.clock.now() + 1 })), 'token.password_changed');
});

test('states refuse a token for as long as they hold, and end nothing', async (t) => {
  const parts = await partsOfNode(t, seed);
  const app = (wanted: Parameters<typeof apps.update>[2]) =>
    change(parts, ({ tx }) => apps.update(tx, shop.id, wanted));
  const person = (state: Parameters<typeof people.setState>[2]) =>
    change(parts, ({ tx }) => people.setState(tx, ana.id, state));
  const stateOf = async (record = recordOf()) => {
    const found = await check(parts, record);
    return found.alive ? 'alive' : found.death.cause;
  };
  await app({ status: 'disabled' });
  assert.equal(await stateOf(), 'app_disabled');
  await app({ status: 'active', mode: 'development' });
  assert.equal(await stateOf(), 'app_not_active');
  assert.equal(await stateOf(recordOf({ user: ben.id })), 'alive', 'a tester of it');
  await app({ mode: 'live' });
  await person('checkpoint');
  assert.equal(await stateOf(), 'checkpoint');
  await person('unconfirmed');
  assert.equal(await stateOf(), 'unconfirmed');
  await person('active');
  assert.equal(await stateOf(), 'alive');
  await person('deleted');
  assert.equal(await stateOf(), 'person_deleted');
});

test('a token of another history, as after a restored backup, is told that it was logged out', async (t) => {
  const parts = await partsOfNode(t, seed);
  assert.equal(await fateOf(parts, recordOf({ epochs: [5, 0, 0, 0, 0] })), 'token.logged_out');
});
