// These tests are about mails: what names in them cannot do, that the document loads nothing, and that its text says the
// same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostileNames } from '../../test/hostile.ts';
import { tagsOf } from '../../test/tags.ts';
import { type MailContent, mailDocument, mailText } from './mail.ts';

const content = (text: string, url = 'https://vault.example/reconnect/abc'): MailContent => ({
  language: 'en',
  platform: text,
  subject: text,
  opening: [text],
  items: [{ tone: 'danger', title: text, says: [text], link: { text, url } }],
  closing: [text],
  optOut: { text, url },
});

const known = 'html head meta title style body table tr td h1 h2 p a bdi wbr'.split(' ');

test('VT-08: names with markup, line ends and characters that reorder text are shown as text in a mail', () => {
  for (const name of [...hostileNames, 'a\r\nBcc: all@example.com', 'x'.repeat(10_000)]) {
    for (const tag of tagsOf(mailDocument(content(name)))) {
      assert.ok(known.includes(tag.name), `<${tag.name}>`);
      for (const attribute of Object.keys(tag.attributes)) assert.doesNotMatch(attribute, /^on/i);
    }
    for (const line of mailText(content(name)).split('\n')) assert.doesNotMatch(line, /^Bcc:/);
    assert.doesNotMatch(mailText(content(name)), /[\u202a-\u202e\u2066-\u2069]/);
  }
});

test('a mail loads nothing, and links to http and https alone', () => {
  const page = mailDocument(content('Fjordbook'));
  assert.deepEqual(page.match(/https?:\/\/[^"\s<]+/g), Array(2).fill('https://vault.example/reconnect/abc'));
  assert.doesNotMatch(page, /src=|url\(/);
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'https://a:b@evil.example/', ''])
    for (const made of [mailDocument(content('Fjordbook', bad)), mailText(content('Fjordbook', bad))])
      assert.ok(bad === '' ? !made.includes('href=') : !made.includes(bad), bad);
});

test('the plain text of a mail says what its document says', () => {
  assert.equal(
    mailText({
      language: 'en',
      platform: 'Hallpass',
      subject: 'Fjordbook works no more',
      opening: ['Hello Ann,'],
      items: [
        {
          tone: 'danger',
          title: 'Fjordbook',
          says: ['It ended.', 'Only Ann B. can renew it.'],
          link: { text: 'Renew', url: 'https://v.example/r' },
        },
      ],
      closing: ['This mail contains no tokens.'],
      optOut: { text: 'No more mails', url: 'https://v.example/o' },
    }),
    [
      'Hello Ann,',
      '',
      '* Fjordbook',
      '  It ended.',
      '  Only Ann B. can renew it.',
      '  Renew: https://v.example/r',
      '',
      '-- ',
      'This mail contains no tokens.',
      'No more mails: https://v.example/o',
      '',
    ].join('\n'),
  );
});

test('a mail in a language from the right is written from the right, and a name from the right moves nothing beside it', () => {
  const arabic = mailDocument({ ...content('Fjordbook'), language: 'ar' });
  assert.match(arabic, /<html lang="ar" dir="rtl">/);
  assert.match(arabic, /border-right:4px/);
  assert.doesNotMatch(arabic, /left/);
  const english = mailDocument({
    ...content('Fjordbook'),
    opening: ['These depend on it: قهوة 1, שלום-עולם 2, Café 3.'],
  });
  assert.match(english, /<html lang="en" dir="ltr">/);
  assert.match(english, /These depend on it: <bdi>قهوة 1<\/bdi>, <bdi>שלום-עולם 2<\/bdi>, Café 3\./);
});

test('a mail that asks for one thing has its link in the document and in the text', () => {
  const link = { text: 'Choose a new password', url: 'https://vault.example/reset?key=abc' };
  const asking = { ...content('Fjordbook'), items: [], action: link };
  assert.match(
    mailDocument(asking),
    /<a href="https:\/\/vault\.example\/reset\?key=abc"[^>]*>Choose a new password<\/a>/,
  );
  assert.match(mailText(asking), /\nChoose a new password: https:\/\/vault\.example\/reset\?key=abc\n/);
});
