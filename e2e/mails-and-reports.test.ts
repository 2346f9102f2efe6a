// Mails and reports are documents that leave the house: they are looked at here as a telephone shows them, by day and by
// night, with names that are long, have no space, or are written from the right.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { checkReport, rehearsalReport } from '@hallpass/pages';
import { type MailContent, mailDocument } from '@hallpass/pages/mail';
import type { Browser, Page } from 'playwright-core';
import { layoutFaults } from './layout-rules.ts';
import { openChromium } from './stage/chromium.ts';

const names = [
  'Fjordbook Café',
  'Nordfjordeid Regional Association of Independent Booksellers, Paper Traders and Antiquarian Map Dealers',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2),
  'مقهى 24 (Oslo)',
];
const [plain = '', long = '', unbroken = '', fromTheRight = ''] = names;
const url = 'https://vault.example/reconnect/abc';

const mail: MailContent = {
  language: 'en',
  platform: long,
  subject: `${unbroken} has stopped working`,
  opening: [`Hello ${fromTheRight},`, 'One of these needs you:'],
  items: names.map((name, index) => ({
    tone: (['danger', 'warn', 'good', 'note'] as const)[index] ?? 'note',
    title: name,
    says: [`These depend on it: ${names.join(', ')}.`],
    ...(index === 2 && { link: { text: `Renew ${name}`, url } }),
  })),
  closing: [`You get this mail because ${'a.very.long.address'.repeat(4)}@example.com is registered as the owner.`],
  optOut: { text: 'Stop these mails', url },
};

const run = {
  exit: 'ended with 0',
  ms: 310,
  asked: [{ call: 'GET /v25.0/debug_token', answer: '400, code 190, subcode 460', times: 12 }],
};
const rules = (['critical', 'error', 'warning'] as const).map((severity) => ({
  rule: `stops-${severity}`,
  severity,
  words: 'The command asks no more than five times.',
  why: 'A program that asks again and again uses up what all share.',
}));
const check = checkReport({
  command: ['node', unbroken],
  world: 'demo',
  app: fromTheRight,
  made: '2026-11-30T08:00:00.000Z',
  ms: 12_345,
  modules: (['passed', 'warned', 'failed', 'untouched', 'unchecked'] as const).map((state, index) => ({
    story: `a_story_with_a_long_name_${index}`,
    state,
    doc: 'The person changes the password.',
    answer: '400, code 190, subcode 460',
    expect: 'tells its operator',
    reason: undefined,
    did: ['POST /me/password'],
    before: run,
    after: run,
    later: run,
    conditions: rules.map((rule) => ({ ...rule, met: state === 'passed', seen: 'It asked 14 times.' })),
    output: unbroken,
  })),
  rules,
});

const looks = ['danger', 'warn', 'good', ''] as const;
const rehearsal = rehearsalReport({
  platform: plain,
  from: '2026-12-01',
  until: '2027-02-28',
  timeZone: 'Europe/Oslo',
  lastDay: 89,
  connections: 640,
  breaks: 4,
  mails: 4,
  addresses: 3,
  extended: 80,
  days: [
    {
      day: 7,
      date: '2026-12-08',
      orders: ['the app secret is reset'],
      extended: 3,
      lines: names.map((connection, index) => ({
        connection,
        verb: 'stops working',
        look: looks[index] ?? '',
        time: '09:20',
        says: ['Its data access ends.'],
      })),
      mails: names.map((name) => ({ to: 'ann@example.com', subject: `${name} ends`, text: name, time: '09:21' })),
    },
  ],
  timeline: names.map((name) => ({ name, stops: 20, marks: looks.map((look, day) => ({ day, look, title: 'ends' })) })),
  quiet: 636,
  left: [{ name: unbroken, because: 'it is of another kind' }],
  approximate: [unbroken],
});

const documents: readonly [name: string, document: string][] = [
  ['a mail of a vault', mailDocument(mail)],
  ['a mail from the right', mailDocument({ ...mail, language: 'ar', opening: ['مرحبا محمد،'] })],
  ['a mail that asks for one thing', mailDocument({ ...mail, items: [], action: { text: `Renew ${long}`, url } })],
  ['the report of a check', check],
  ['the report of a rehearsal', rehearsal],
];

let browser: Browser;
let page: Page;

before(async () => {
  browser = await openChromium();
  page = await (await browser.newContext()).newPage();
});
after(() => browser?.close());

for (const [name, document] of documents)
  test(`${name} is never wider than its window, breaks no word and is read in light and dark`, async () => {
    const faults: string[] = [];
    await page.setContent(document);
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 320],
    ] as const) {
      await page.setViewportSize({ width, height: 780 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      faults.push(...(await layoutFaults(page)).map((one) => `${colorScheme}, ${width}: ${one}`));
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().withRules('color-contrast').analyze();
      faults.push(
        ...violations.flatMap(({ nodes }) => nodes.map(({ target }) => `${colorScheme}: ${target.join(' ')}`)),
      );
    }
    assert.deepEqual(faults, []);
  });
