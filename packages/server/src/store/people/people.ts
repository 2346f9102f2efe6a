// These queries are about people, the accounts of the platform. Rows are kept until the account is deleted; then the
// row is emptied and marked deleted (operator/delete-person.ts). What is left is the id, so that it is never given
// again and the audit trail makes sense.
import { readJson, shape } from '@hallpass/protocol';
import { prepare } from '@hallpass/db';
import type { Selectable } from 'kysely';
import type { PeopleTable } from './tables.ts';
import { holdRows, insertInto, updateTable } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';
import type { AppId, BusinessId, PersonId } from '../ids.ts';

export interface Profile {
  birthday?: string;
  gender?: string;
  locale?: string;
  link?: string;
  hometown?: { id: string; name: string };
  location?: { id: string; name: string };
}

export interface Person {
  id: PersonId;
  name: string;
  firstName: string;
  middleName: string | null;
  lastName: string;
  email: string | null;
  password: string | null;
  state: PeopleTable['state'];
  testUserOf: AppId | null;
  /** The business whose system user this is; null for people. */
  systemUserOf: BusinessId | null;
  profile: Profile;
  administrator: boolean;
  /** Decides about advanced access of apps. */
  reviewer: boolean;
  createdAt: number;
}

const optionalText = shape.optional(shape.text);
const optionalPlace = shape.optional(shape.object<{ id: string; name: string }>({ id: shape.text, name: shape.text }));
const profileShape = shape.object<Profile>({
  birthday: optionalText,
  gender: optionalText,
  locale: optionalText,
  link: optionalText,
  hometown: optionalPlace,
  location: optionalPlace,
});

const read = (row: Selectable<PeopleTable>): Person => ({
  id: row.id,
  name: row.name,
  firstName: row.first_name,
  middleName: row.middle_name,
  lastName: row.last_name,
  email: row.email,
  password: row.password,
  state: row.state,
  testUserOf: row.test_user_of,
  systemUserOf: row.system_user_of,
  profile: readJson(profileShape, row.profile),
  administrator: row.administrator === 1,
  reviewer: row.reviewer === 1,
  createdAt: row.created_at,
});

/** Splits a display name the way the user node shows it: first, middle, last. */
export function nameParts(name: string): { firstName: string; middleName: string | null; lastName: string } {
  const words = name.split(' ').filter(Boolean);
  if (words.length < 2) return { firstName: words[0] ?? '', middleName: null, lastName: '' };
  return {
    firstName: words[0] ?? '',
    middleName: words.length > 2 ? words.slice(1, -1).join(' ') : null,
    lastName: words.at(-1) ?? '',
  };
}

const one = prepare((db: Query, params: { id: PersonId }) =>
  db.selectFrom('people').selectAll().where('id', '=', params.id),
);

export async function byId(q: Query, id: PersonId): Promise<Person | undefined> {
  const row = await one.first(q, { id });
  return row && read(row);
}

/** Reads the person and keeps others from changing them until this change has ended: for read, decide, write. */
export async function holdForChange(tx: ChangeTransaction, id: PersonId): Promise<Person | undefined> {
  const [row] = await holdRows(tx, 'people', 'state', { id });
  return row && read(row);
}

export async function byIds(q: Query, ids: readonly PersonId[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  return (
    await q
      .selectFrom('people')
      .selectAll()
      .where('id', 'in', [...ids])
      .execute()
  ).map(read);
}

/** `email` must already be in its stored form (lower case, NFC). */
export async function byEmail(q: Query, email: string): Promise<Person | undefined> {
  const row = await q.selectFrom('people').selectAll().where('email', '=', email).executeTakeFirst();
  return row && read(row);
}

export async function insert(
  tx: ChangeTransaction,
  person: Omit<Person, 'firstName' | 'middleName' | 'lastName' | 'systemUserOf' | 'reviewer'> & {
    systemUserOf?: BusinessId;
    reviewer?: boolean;
  },
): Promise<Person> {
  const parts = nameParts(person.name);
  await insertInto(tx, 'people', (rows) =>
    rows.values({
      id: person.id,
      name: person.name,
      first_name: parts.firstName,
      middle_name: parts.middleName,
      last_name: parts.lastName,
      email: person.email,
      password: person.password,
      state: person.state,
      test_user_of: person.testUserOf,
      system_user_of: person.systemUserOf ?? null,
      profile: JSON.stringify(person.profile),
      administrator: person.administrator ? 1 : 0,
      reviewer: person.reviewer ? 1 : 0,
      created_at: person.createdAt,
    }),
  );
  return { ...person, ...parts, systemUserOf: person.systemUserOf ?? null, reviewer: person.reviewer ?? false };
}

/** Another hash of the same password. @returns false when the password is another one by now */
export async function rehash(
  tx: ChangeTransaction,
  id: PersonId,
  before: string | null,
  after: string,
): Promise<boolean> {
  const done = await updateTable(tx, 'people', (rows) =>
    rows.set({ password: after }).where('id', '=', id).where('password', '=', before),
  );
  return done.length > 0;
}

export async function setPassword(tx: ChangeTransaction, id: PersonId, password: string): Promise<void> {
  await updateTable(tx, 'people', (rows) => rows.set({ password }).where('id', '=', id));
}

/** @param email in its stored form. Refused by the database where another account has it. */
export async function setEmail(tx: ChangeTransaction, id: PersonId, email: string): Promise<void> {
  await updateTable(tx, 'people', (rows) => rows.set({ email }).where('id', '=', id));
}

export async function setState(tx: ChangeTransaction, id: PersonId, state: PeopleTable['state']): Promise<void> {
  await updateTable(tx, 'people', (rows) => rows.set({ state }).where('id', '=', id));
}

/** @returns false when it was so before, or there is no such account */
export async function setReviewer(tx: ChangeTransaction, id: PersonId, reviewer: boolean): Promise<boolean> {
  const value = reviewer ? 1 : 0;
  const done = await updateTable(tx, 'people', (rows) =>
    rows.set({ reviewer: value }).where('id', '=', id).where('state', '!=', 'deleted').where('reviewer', '!=', value),
  );
  return done.length > 0;
}

export async function setName(tx: ChangeTransaction, id: PersonId, name: string): Promise<void> {
  const parts = nameParts(name);
  const values = { name, first_name: parts.firstName, middle_name: parts.middleName, last_name: parts.lastName };
  await updateTable(tx, 'people', (rows) => rows.set(values).where('id', '=', id));
}

/** Empties the row of everything personal and marks it deleted; the id stays so that history makes sense. */
export async function erase(tx: ChangeTransaction, id: PersonId): Promise<void> {
  await updateTable(tx, 'people', (rows) =>
    rows
      .set({
        state: 'deleted',
        name: '',
        first_name: '',
        middle_name: null,
        last_name: '',
        email: null,
        password: null,
        profile: '{}',
        reviewer: 0,
      })
      .where('id', '=', id),
  );
}

/** Test users of an app, by id, after a cursor. */
export async function testUsersOf(
  q: Query,
  appId: AppId,
  page: { after?: PersonId; before?: PersonId; limit: number },
): Promise<Person[]> {
  let query = q
    .selectFrom('people')
    .selectAll()
    .where('test_user_of', '=', appId)
    .where('state', '!=', 'deleted')
    .limit(page.limit);
  if (page.after !== undefined) query = query.where('id', '>', page.after);
  if (page.before !== undefined) query = query.where('id', '<', page.before);
  const rows = await query.orderBy('id', page.before !== undefined ? 'desc' : 'asc').execute();
  return (page.before !== undefined ? rows.reverse() : rows).map(read);
}

/** Accounts of people by id, without test users, system users and deleted accounts. */
export async function accounts(q: Query, page: { after?: PersonId | undefined; limit: number }): Promise<Person[]> {
  let query = q
    .selectFrom('people')
    .selectAll()
    .where('state', '!=', 'deleted')
    .where('test_user_of', 'is', null)
    .where('system_user_of', 'is', null);
  if (page.after !== undefined) query = query.where('id', '>', page.after);
  return (await query.orderBy('id').limit(page.limit).execute()).map(read);
}

export async function countTestUsers(q: Query, appId: AppId): Promise<number> {
  const row = await q
    .selectFrom('people')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('test_user_of', '=', appId)
    .where('state', '!=', 'deleted')
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function count(q: Query): Promise<number> {
  const row = await q
    .selectFrom('people')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** True when nobody has an account yet. */
export async function isEmpty(q: Query): Promise<boolean> {
  return (await q.selectFrom('people').select('id').limit(1).executeTakeFirst()) === undefined;
}

/** True when anybody is an administrator of the platform. */
export async function hasAdministrator(q: Query): Promise<boolean> {
  return (
    (await q
      .selectFrom('people')
      .select('id')
      .where('administrator', '=', 1)
      .where('state', '!=', 'deleted')
      .limit(1)
      .executeTakeFirst()) !== undefined
  );
}
