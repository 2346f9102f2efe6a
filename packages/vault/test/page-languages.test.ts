// These tests are about the languages of the pages behind the links of mails: they are those of the mails, also where an
// operator added one or changed a sentence.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { places } from '../../db/test/databases.ts';
import { reconnectUrl } from '../src/connections/reconnect-link.ts';
import { calendarPath } from '../src/people/calendar.ts';
import { optOutUrl } from '../src/people/mail-links.ts';
import { type OwnWords, sentencesOf } from '../src/people/words/words.ts';
import { createService } from '../src/service/service.ts';
import { DAY, peopleScene } from './people-scene.ts';

const newPlace = places['SQLite in memory'] ?? assert.fail('There is no such place.');
const base = 'https://vault.example';

const translated = Object.fromEntries(
  Object.entries(sentencesOf('en')).map(([key, sentence]) => [key, `fr ${sentence}`]),
);
const mailsAlone = Object.fromEntries(
  Object.entries(translated).filter(([key]) => !key.startsWith('page_') || key === 'page_without_token'),
);

async function scene(t: TestContext, words: OwnWords) {
  const people = await peopleScene(t, newPlace());
  const { parts } = people.vault;
  const service = createService({ vault: people.vault, look: { words } });
  await people.connection('shop', {
    state: 'expiring',
    expires_at: people.now() + 6 * DAY,
    granted_scopes: '[]',
    language: 'fr',
  });
  const ask = async (url: string | undefined, languages = '') => {
    const request = new Request(url ?? assert.fail('There is no link.'), { headers: { 'accept-language': languages } });
    return (await service.fetch(request)).text();
  };
  const link = reconnectUrl(parts, { tenant: 'main', id: 'shop', token_version: 0 });
  return { ...people, ask, link, optOut: optOutUrl(parts, 'main', 'ann@example.com') };
}

test('the pages behind a mail speak the language that an operator added, as the mail does', async (t) => {
  const { ask, link, optOut, prefer } = await scene(t, { fr: translated });
  const page = await ask(link, 'de,en');
  assert.match(page, /<html lang="fr">[^]*fr Renew <bdi>The shop<\/bdi>/);
  assert.match(await ask(optOut, 'fr-CA, de;q=0.5'), /<html lang="fr">[^]*fr No more mails to/);
  await prefer({ language: 'fr' });
  assert.match(await ask(optOut), /<html lang="fr">/, 'where the browser asks for none, that of the mails');
  assert.match(await ask(optOut, 'de'), /<html lang="de">/);
  assert.match(await ask(`${base}/reconnect/x`, 'pt, fr;q=0.4, de;q=0.7'), /<html lang="de">[^]*Dieser Link/);
});

test('a page in a language that is written from right to left is laid out so', async (t) => {
  const { ask, link } = await scene(t, { ar: translated });
  assert.match(await ask(link, 'ar'), /<html lang="ar" dir="rtl">/);
  assert.match(await ask(link, 'de'), /<html lang="de">/);
});

test('one language is never mixed with another: without sentences for pages, they speak one that is whole', async (t) => {
  const { ask, link } = await scene(t, { fr: mailsAlone });
  assert.match(await ask(link, 'fr, de;q=0.5'), /<html lang="de">/);
  assert.match(await ask(link, 'fr'), /<html lang="en">[^]*Renew <bdi>/);
});

test('sentences of ours may be changed one by one, and are shown as text', async (t) => {
  const { ask, link } = await scene(t, { en: { page_go: '<b>On</b> with {service}' } });
  const page = await ask(link, 'en');
  assert.match(page, /&lt;b&gt;On&lt;\/b&gt; with Facebook/);
  assert.match(page, /Renew <bdi>The shop<\/bdi>/);
});

test('a date on a page is that of the mail: the day in the time zone of the tenant', async (t) => {
  const { ask, link, prefer, change } = await scene(t, {});
  await change('shop', { expires_at: Date.UTC(2026, 11, 1, 23, 30) / 1000, language: 'de' });
  assert.match(await ask(link), /1\. Dezember 2026<\/time>/);
  await prefer({ timeZone: 'Europe/Berlin' });
  assert.match(await ask(link), /2\. Dezember 2026<\/time>/);
});

test('the calendar speaks the language of the mails, also one that an operator added', async (t) => {
  const { ask, vault, prefer } = await scene(t, { fr: mailsAlone });
  await prefer({ language: 'fr' });
  const calendar = await ask(`${base}${await calendarPath(vault.parts, 'main')}`);
  assert.match(calendar.replaceAll('\r\n ', ''), /DESCRIPTION:fr It ends on/);
});
