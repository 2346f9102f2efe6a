// Every form of the console takes hostile text: the test walks through the sections of an app, a business and a person's
// settings, opens whatever can be opened there and fills every field that it meets, so a new form is tried by itself.
// The visitor fails the test when a script fails, a policy is violated or the server answers with a fault of its own.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, lantern, people } from '../stage/cast.ts';
import { logInByCard, moveTo } from '../stage/console.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const markup = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}';
const rightToLeft = '\u202eهذا تطبيق\u202c שלום \u2066ﷺ';
const fourBytes = '🌿👩‍👩‍👧‍👦 𠜎 𝒻𝓇𝒶';
const megabyte = 'm'.repeat(1_000_000);
/** These are sent too: one that most forms refuse, and one that most take. */
const sent = ['é'.repeat(50_000), `${markup} ${rightToLeft} ${fourBytes}`];

/** Buttons that open a form in a window. */
const openers = /^(?:Add|Ask|Change|Create|Edit|Generate|Invite|Make|Move|Set)\b/;

const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () => document.querySelector('main h1') && !document.querySelector('[data-loading], main .mantine-Skeleton-root'),
  );

/**
 * Fills the fields that are shown, all at once as pastes do.
 *
 * @returns for each of those for free text what it holds in place of the text, undefined where it holds the text
 */
function fill(page: Page, text: string): Promise<(string | undefined)[]> {
  return page.evaluate(async (value) => {
    const write = (field: HTMLInputElement | HTMLTextAreaElement, words: string): void => {
      const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
      Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, words);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const drawn = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done));
    // A number or a choice takes of a text what it can; then it's emptied, and what it offers is closed.
    for (const field of narrowFields()) {
      write(field, value);
      await drawn();
      write(field, '');
      field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    }
    for (const field of shownFields()) write(field, value);
    await drawn();
    return shownFields().map((field) => (field.value === value ? undefined : field.value.slice(0, 80)));
  }, text);
}

declare function shownFields(): (HTMLInputElement | HTMLTextAreaElement)[];
declare function narrowFields(): (HTMLInputElement | HTMLTextAreaElement)[];

/**
 * Declares for the pages which fields are filled, in the window that is open, or else in the page: those for free text,
 * passwords too, and those for numbers and choices.
 */
const declareFields = (): void => {
  const found = (free: boolean): HTMLInputElement[] => {
    const scope = document.querySelector('[role=dialog]') ?? document.querySelector('main');
    const kinds = '[type=text], [type=email], [type=url], [type=password], [type=search], [type=tel], [type=number]';
    const fields = scope?.querySelectorAll<HTMLInputElement>(`:is(input:is(:not([type]), ${kinds}), textarea)`) ?? [];
    const narrow = '[role=combobox], [aria-haspopup=listbox], [inputmode=numeric], [inputmode=decimal], [type=number]';
    return [...fields].filter(
      (field) => field.checkVisibility() && !field.readOnly && !field.disabled && field.matches(narrow) !== free,
    );
  };
  Object.assign(globalThis, { shownFields: () => found(true), narrowFields: () => found(false) });
};

/**
 * Presses what sends the form, and looks at what was typed: it is gone only where it was taken.
 *
 * @returns how often the form was refused
 */
async function send(page: Page, text: string, where: string): Promise<number> {
  const scope = (await page.getByRole('dialog').count()) > 0 ? page.getByRole('dialog') : page.locator('main');
  let refusals = 0;
  for (const button of await scope.locator('button[type=submit]:visible').all()) {
    if ((await button.count()) === 0 || !(await button.isEnabled())) continue;
    const before = await page.evaluate(() => shownFields().map(({ value }) => value));
    await button.click();
    await settled(page);
    if ((await scope.locator('[role=alert], [aria-invalid=true]').count()) === 0) continue;
    refusals++;
    const left = await page.evaluate(() => shownFields().map(({ value }) => value));
    for (const [at, value] of before.entries())
      if (value === text) assert.ok(left[at] === text, `${where}: field ${at + 1} lost what was typed in a refusal`);
  }
  return refusals;
}

interface Tried {
  fields: number;
  refusals: number;
}

async function tryForm(page: Page, where: string): Promise<Tried> {
  const tried = { fields: 0, refusals: 0 };
  for (const text of [markup, rightToLeft, fourBytes, megabyte, ...sent]) {
    const held = await fill(page, text);
    tried.fields = Math.max(tried.fields, held.length);
    for (const [at, value] of held.entries()) assert.equal(value, undefined, `${where}: field ${at + 1}`);
    if (held.length > 0 && sent.includes(text)) tried.refusals += await send(page, text, where);
  }
  assert.equal(await page.locator('img[src=x], script:not([nonce])').count(), 0, `${where}: markup became elements`);
  return tried;
}

async function closeWindows(page: Page): Promise<void> {
  for (let open = 0; open < 3 && (await page.getByRole('dialog').count()) > 0; open++) {
    await page.keyboard.press('Escape');
    await page
      .getByRole('dialog')
      .first()
      .waitFor({ state: 'detached', timeout: 1000 })
      .catch(() => {});
  }
}

/** The form of the page, and those behind its buttons, each with its place. */
async function tryPage(page: Page): Promise<Map<string, Tried>> {
  const tried = new Map<string, Tried>();
  await settled(page);
  const name = new URL(page.url()).pathname.replaceAll(/\d{6,}/g, 'ID');
  const buttons = page.locator('main').getByRole('button', { name: openers });
  const names = new Set((await buttons.allInnerTexts()).map((text) => text.trim()).filter((text) => text !== ''));
  for (const opener of names) {
    const button = page.locator('main').getByRole('button', { name: opener, exact: true }).first();
    if ((await button.count()) === 0 || !(await button.isEnabled())) continue;
    if ((await button.getAttribute('type')) === 'submit') continue;
    await button.click();
    const opened = page.getByRole('dialog').waitFor({ timeout: 800 });
    if (!(await opened.then(() => true).catch(() => false))) continue;
    const where = `${name} “${opener}”`;
    tried.set(where, await tryForm(page, where));
    await closeWindows(page);
  }
  tried.set(name, await tryForm(page, name));
  await closeWindows(page);
  return tried;
}

describe('every form of the console', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage?.close());

  for (const { what, who, start, alone, least } of [
    {
      what: 'an app',
      who: people.ben,
      start: `/console/apps/${apps.fern.id}`,
      alone: ['/console/apps/create', `/console/apps/${apps.fern.id}/login/configurations`],
      least: 9,
    },
    {
      what: 'a business',
      who: people.cleo,
      start: `/console/business/${lantern.id}`,
      alone: ['/console/business'],
      least: 9,
    },
    { what: 'a person’s settings', who: people.ana, start: '/console/settings', alone: [], least: 1 },
  ])
    it(`WP-05: markup, turned letters, 4-byte letters and very long text in every form of ${what}`, async (t) => {
      const { page, context, troubles } = await stage.visitor(t);
      await context.addInitScript(declareFields);
      page.on('dialog', (asked) => {
        if (asked.type() !== 'beforeunload') troubles.push(`a script ran: ${asked.message()}`);
        void asked.accept();
      });
      await logInByCard(stage, page, who);
      const tried = new Map<string, Tried>();
      await moveTo(page, stage.url + start);
      const sections = page.locator('nav.sections a');
      await sections.first().waitFor({ state: 'attached' });
      const addresses = await sections.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      for (const address of addresses.filter((one) => one.startsWith('/console/'))) {
        // A wide window lists the settings of a person at the left, and keeps their row hidden.
        await page.locator(`nav a[href="${address}"]:visible`).first().click();
        // The page says itself which of the sections it is; its address changes before it is there.
        await page.locator(`nav.sections a.current[href="${address}"]`).waitFor({ state: 'attached' });
        for (const [place, form] of await tryPage(page)) tried.set(place, form);
      }
      for (const address of alone) {
        await moveTo(page, stage.url + address);
        for (const [place, form] of await tryPage(page)) tried.set(place, form);
      }
      const forms = [...tried.values()].filter(({ fields }) => fields > 0);
      assert.ok(forms.length >= least, `met ${forms.length} forms: ${[...tried.keys()].join(', ')}`);
      assert.ok(forms.filter(({ refusals }) => refusals > 0).length >= least / 2, JSON.stringify([...tried]));
    });
});
