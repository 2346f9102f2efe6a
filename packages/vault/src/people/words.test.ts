// These tests are about the languages of mails: ours, and those that an operator brings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from './words/en.ts';
import { missingWords, primaryLanguage, speakerOf } from './words/words.ts';

test('mails speak a language of the operator, with its dates, and ours where it is not wanted', () => {
  const fr = Object.fromEntries(Object.entries(en).map(([key, sentence]) => [key, `fr ${sentence}`]));
  assert.deepEqual(missingWords('fr', fr), []);
  const speaker = speakerOf(['fr-CA', 'de'], { fr });
  assert.equal(speaker.language, 'fr');
  assert.equal(speaker.say('subject_died', { name: 'Shop' }), 'fr Shop has stopped working');
  assert.match(speaker.date(1_800_000_000, 'UTC'), /janvier 2027/);
  assert.equal(speakerOf(['pt', 'de'], { fr }).language, 'de');
  assert.equal(speakerOf([null, undefined, 'pt'], { fr }).language, 'en');
});

test('a language that lacks sentences is told with them; sentences of ours may be changed one by one', () => {
  assert.ok(missingWords('fr', { subject_died: 'x' }).includes('subject_warned'));
  assert.deepEqual(missingWords('de', { subject_died: 'x' }), []);
  assert.equal(speakerOf(['de'], { de: { subject_died: '{name}!' } }).say('subject_died', { name: 'Laden' }), 'Laden!');
  for (const tag of ['', 'x', 'constructor', '__proto__', 'e n', '../de'])
    assert.equal(primaryLanguage(tag), undefined);
});
