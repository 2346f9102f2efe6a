// Ids of different kinds keep apart: shown by lines that may not compile, and where a text comes in, by its form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Facts } from '../installation/facts.ts';
import type { App } from './apps/apps.ts';
import * as apps from './apps/apps.ts';
import type { BusinessTables } from './businesses/tables.ts';
import * as businesses from './businesses/businesses.ts';
import {
  AdAccountId,
  AppId,
  BusinessId,
  FIRST_PARTY,
  MemberId,
  PageId,
  PersonId,
  ScopedId,
  SystemUserId,
} from './ids.ts';
import type { Person } from './people/people.ts';
import type { PeopleTables } from './people/tables.ts';

test('a text becomes an id only where it has the form of one', () => {
  for (const kind of [PersonId, SystemUserId, ScopedId, MemberId, AppId, PageId, BusinessId, AdAccountId]) {
    assert.equal(kind.parse('1384720956120447'), '1384720956120447');
    for (const text of ['', '0', '01', '-1', '1.5', '1e3', ' 1', '1_2', 'act_1', 'me', '9'.repeat(20)]) {
      assert.equal(kind.parse(text), undefined, text);
      assert.throws(() => kind.of(text), TypeError, text);
      assert.equal(kind.shape(text), false, text);
    }
    for (const value of [1, null, undefined, ['1'], {}]) assert.equal(kind.shape(value), false);
    assert.equal(kind.parse(kind.none), undefined);
  }
  assert.equal(FIRST_PARTY, AppId.none);
});

// Only the types of these are looked at: nothing of it runs.
const typesOnly = (_: () => void): void => {};
declare const text: string;
declare const scoped: ScopedId;
declare const person: PersonId;
declare const clerk: SystemUserId;
declare const member: MemberId;
declare const app: AppId;
declare const page: PageId;
declare const business: BusinessId;
declare const account: AdAccountId;
declare const facts: Facts;
declare const found: Person;
declare const shop: App;
declare const row: BusinessTables['business_people'];
declare const pair: PeopleTables['app_people'];
declare const q: Parameters<typeof apps.rolesOf>[0];

test('an app-scoped id, or any other text, does not go where the platform’s own id of a person is wanted', () => {
  typesOnly(() => {
    // @ts-expect-error an app knows the person by this id, the platform does not
    void facts.person(scoped);
    // @ts-expect-error a business lists the person by this id
    void facts.person(member);
    // @ts-expect-error nobody has looked at the text
    void facts.person(text);
    // @ts-expect-error the platform's own id never goes back in as one of an app
    void facts.personBehind(app, person);
    // @ts-expect-error the id of an app is none of a person
    void facts.grant(app, app);
    // @ts-expect-error the two are the other way round
    void facts.appRoles(person, app);
    // @ts-expect-error the id of a membership is asked for
    void businesses.memberById(q, person);
  });
});

test('ids of apps, Pages, businesses and ad accounts do not go in each other’s place', () => {
  typesOnly(() => {
    // @ts-expect-error a Page is no app
    void facts.app(page);
    // @ts-expect-error an app is no Page
    void facts.page(app);
    // @ts-expect-error a business is no Page
    void facts.pageRole(business, person);
    // @ts-expect-error an ad account is no business
    void facts.businessRole(account, person);
    // @ts-expect-error a business is no ad account
    void facts.adAccount(business);
    // @ts-expect-error a text is no app
    void apps.rolesOf(q, text, person);
  });
});

test('an id is a text wherever a text is wanted, and a system user goes wherever a person does', () => {
  typesOnly(() => {
    const texts: string[] = [person, scoped, app, page, business, account, member, clerk];
    void facts.person(clerk);
    // @ts-expect-error not everybody is a system user
    const one: SystemUserId = person;
    return [texts, one];
  });
});

test('what comes out of the store has the type of its column', () => {
  typesOnly(() => {
    const ids: [PersonId, AppId, AppId | null, MemberId] = [found.id, shop.id, found.testUserOf, row.id];
    const known: ScopedId = pair.scoped_id;
    return [ids, known];
  });
});
