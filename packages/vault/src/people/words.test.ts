// These tests are about the languages of mails: ours, and those that an operator brings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from './words/en.ts';
import { primaryLanguage } from '@hallpass/pages/languages';
import { missingWords, pageWordsOf, sentencesOf, speakerOf } from './words/words.ts';

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

test('the pages of a language are whole, or not in it: one without any of their sentences is one for mails alone', () => {
  const whole = sentencesOf('fr');
  assert.deepEqual(missingWords('fr', whole), []);
  const mails = Object.fromEntries(Object.entries(whole).filter(([key]) => !key.startsWith('page_') || key in en));
  assert.deepEqual(missingWords('fr', mails), []);
  assert.ok(missingWords('fr', { ...mails, page_again: 'Encore' }).includes('page_only'));
  assert.deepEqual(pageWordsOf({ fr: { ...mails, page_again: 'Encore' } }), { fr: { again: 'Encore' } });
  assert.equal(sentencesOf('de')['page_again'], 'Noch einmal versuchen');
});
