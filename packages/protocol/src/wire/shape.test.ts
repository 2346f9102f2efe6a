import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseJson, readJson, ShapeError } from './read-json.ts';
import * as shape from './shape.ts';

interface Profile {
  name: string;
  tasks: ('ANALYZE' | 'MANAGE')[];
  age?: number;
  home?: { id: string } | null;
}

const profile = shape.object<Profile>({
  name: shape.text,
  tasks: shape.listOf(shape.keyOf({ ANALYZE: 1, MANAGE: 2 })),
  age: shape.optional(shape.number),
  home: shape.optional(shape.either(shape.object<{ id: string }>({ id: shape.text }), shape.nothing)),
});

describe('the shape of JSON', () => {
  for (const json of [
    '{"name":"Ana","tasks":[]}',
    '{"name":"Ana","tasks":["MANAGE"],"age":4,"home":{"id":"1"}}',
    '{"name":"Ana","tasks":[],"home":null}',
    '{"name":"Ana","tasks":[],"later":true}',
  ])
    it(`takes ${json} as it is`, () => assert.deepEqual(readJson(profile, json), JSON.parse(json)));

  for (const json of [
    '',
    '{',
    'null',
    '[]',
    '"Ana"',
    '{"tasks":[]}',
    '{"name":1,"tasks":[]}',
    '{"name":"Ana","tasks":{}}',
    '{"name":"Ana","tasks":["MODERATE"]}',
    '{"name":"Ana","tasks":["toString"]}',
    '{"name":"Ana","tasks":[],"age":"4"}',
    '{"name":"Ana","tasks":[],"home":{}}',
    '{"__proto__":{"name":"Ana","tasks":[]}}',
  ])
    it(`refuses ${json || 'nothing'}`, () => {
      assert.throws(() => readJson(profile, json), ShapeError);
      assert.equal(parseJson(profile, json), undefined);
    });

  it('says nothing of a text that it refuses, which may be a secret', () => {
    assert.throws(
      () => readJson(profile, 'EAAB-secret'),
      (error: Error) => !`${error.stack}`.includes('EAAB'),
    );
  });

  it('knows the values of a map, and one of a few words', () => {
    const map = shape.mapOf(shape.oneOf('granted', 'declined'));
    assert.deepEqual(parseJson(map, '{"email":"granted"}'), { email: 'granted' });
    assert.equal(parseJson(map, '{"email":"expired"}'), undefined);
  });
});
