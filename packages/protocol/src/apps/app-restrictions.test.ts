// These tests are about App Restrictions: what can be said, and whom it keeps out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countries,
  countryOfPlace,
  meetsRestrictions,
  readRestrictions,
  restrictionsText,
} from './app-restrictions.ts';

const may = (text: string, person: { age?: number; country?: string }): boolean => {
  const read = readRestrictions(text);
  assert.ok(read, text);
  return meetsRestrictions(read, { age: person.age, country: person.country });
};

test('what can be said is read, and written as it was', () => {
  for (const text of ['', '{"age":"18+"}', '{"age":"13-17","location":"PT,BR","type":"alcohol","unlocated":true}']) {
    const read = readRestrictions(text);
    assert.ok(read, text);
    assert.equal(restrictionsText(read), text);
  }
});

test('what nothing follows from is refused', () => {
  for (const text of [
    '{',
    '[]',
    'null',
    '"18+"',
    '{"age":18}',
    '{"age":"0+"}',
    '{"age":"20-18"}',
    '{"location":"XX"}',
    '{"location":"EU"}',
    '{"location":["PT"]}',
    '{"location":""}',
    '{"type":"tobacco"}',
    '{"unlocated":"yes"}',
    '{"gdpr":true}',
  ])
    assert.equal(readRestrictions(text), undefined, text);
});

test('an age lets in who is old enough, not too old, and known', () => {
  assert.deepEqual(
    [17, 18, 99, undefined].map((age) => may('{"age":"18+"}', age === undefined ? {} : { age })),
    [false, true, true, false],
  );
  assert.deepEqual(
    [12, 13, 17, 18].map((age) => may('{"age":"13-17"}', { age })),
    [false, true, true, false],
  );
});

test('a country lets in who is there, and those whose country is not known only where it says so', () => {
  const text = '{"location":"PT,BR"}';
  assert.deepEqual(
    [{ country: 'BR' }, { country: 'DE' }, {}].map((person) => may(text, person)),
    [true, false, false],
  );
  assert.equal(may('{"location":"PT","unlocated":true}', {}), true);
});

test('alcohol is for the drinking age of the country, and for the highest where that is not known', () => {
  const text = '{"type":"alcohol"}';
  assert.deepEqual(
    [
      { age: 18, country: 'PT' },
      { age: 20, country: 'US' },
      { age: 21, country: 'US' },
      { age: 20 },
      { age: 21 },
      { country: 'PT' },
    ].map((person) => may(text, person)),
    [true, false, true, false, true, false],
  );
});

test('the country of a place is the last part of its name', () => {
  assert.equal(countryOfPlace('Lisbon, Portugal'), 'PT');
  assert.equal(countryOfPlace('San Francisco, California'), undefined);
  assert.equal(countryOfPlace(''), undefined);
  const codes = countries().map(([code]) => code);
  assert.ok(codes.length > 240 && codes.length < 260, String(codes.length));
  assert.equal(new Set(countries().map(([, name]) => name)).size, codes.length, 'each name once');
  for (const none of ['EU', 'UN', 'ZZ', 'DD', 'UK']) assert.ok(!codes.includes(none), none);
});
