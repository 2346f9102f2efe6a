// Forms of the app dashboard lose nothing and overwrite nothing in silence: two windows, a session that ends, and texts
// that nobody expects.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { apps, people } from '../stage/cast.ts';
import { logInByCard, moveTo } from '../stage/console.ts';
import { press, reads } from '../stage/deeds.ts';
import { openStage, type Stage } from '../stage/stage.ts';

/** Texts that break pages which are not careful. */
const hostile = [
  { what: 'markup', text: '"><img src=x onerror=alert(1)><script>alert(2)</script>' },
  { what: 'letters from right to left', text: '\u202eهذا تطبيق\u202c שלום' },
  { what: 'letters of four bytes', text: '👩‍👩‍👧‍👦 𝒜𝓅𝓅 🦊'.repeat(20) },
  { what: 'a megabyte', text: 'm'.repeat(1_000_000), every: 5 },
] as const;

describe('forms of the app dashboard', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  const field = (page: Page, label: string) => page.getByRole('textbox', { name: label });
  const basic = async (page: Page): Promise<void> => {
    await moveTo(page, `${stage.url}/console/apps/${apps.fern.id}/settings/basic`);
    await reads(page, 'Basic settings');
    await field(page, 'Contact email').waitFor();
  };
  const contact = async (page: Page) => {
    const reply = page.waitForResponse((response) => response.url().includes('contact_email') && response.ok());
    await page.reload();
    return ((await (await reply).json()) as { contact_email?: string }).contact_email;
  };

  it('two windows that change the same setting are told of each other, and nothing is overwritten in silence', async (t) => {
    const { page: first, newTab } = await stage.visitor(t);
    await logInByCard(stage, first, people.ben);
    await basic(first);
    await field(first, 'Contact email').fill('first@fern.example');
    const second = await newTab();
    await basic(second);
    await field(second, 'Contact email').fill('second@fern.example');
    await press(second, 'Save');
    await second.getByText('Saved.').waitFor();
    await press(first, 'Save');
    await first.getByText('Someone else has changed this in the meantime').waitFor();
    assert.equal(await contact(second), 'second@fern.example', 'what the other window saved is still there');
    await press(first, 'Keep mine');
    await press(first, 'Save');
    await first.getByText('Saved.').waitFor();
    assert.equal(await contact(second), 'first@fern.example');
  });

  it('a session that ends while a form is open loses nothing that was typed, and says so', async (t) => {
    const { page, context, newTab } = await stage.visitor(t);
    await logInByCard(stage, page, people.ben);
    await basic(page);
    await field(page, 'Contact email').fill('kept@fern.example');
    await context.clearCookies();
    await press(page, 'Save');
    await page.getByText('Not saved: your session has ended').waitFor();
    assert.equal(await field(page, 'Contact email').inputValue(), 'kept@fern.example');
    const other = await newTab();
    await logInByCard(stage, other, people.ben);
    await page.bringToFront();
    await press(page, 'Save');
    await page.getByText('Saved.').waitFor();
    assert.equal(await contact(other.url() === page.url() ? other : page), 'kept@fern.example');
  });

  for (const { what, text, ...more } of hostile)
    it(`${what} in fields of the basic settings is refused or kept as it is, and runs nothing`, async (t) => {
      const { page } = await stage.visitor(t);
      page.on('dialog', (dialog) => assert.fail(`a script ran: ${dialog.message()}`));
      await logInByCard(stage, page, people.ben);
      await basic(page);
      const form = page.getByRole('form', { name: 'Basic settings' });
      const fields = form.getByRole('textbox');
      const count = await fields.count();
      assert.ok(count > 10);
      const step = 'every' in more ? more.every : 1;
      for (let at = 0; at < count; at += step) await fields.nth(at).evaluate(setText, text);
      await press(page, 'Save');
      await form
        .getByText(/cannot|must|invalid|Invalid|That didn’t work/)
        .first()
        .waitFor();
      await press(page, 'Discard');
      // The description is free text: what fits is shown again letter for letter.
      const description = text.slice(0, 2000);
      await field(page, 'Description').evaluate(setText, description);
      await press(page, 'Save');
      await page.getByText('Saved.').waitFor();
      await basic(page);
      assert.equal(await field(page, 'Description').inputValue(), description);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      assert.equal(wide, false, 'nothing reaches out at the side');
    });
});

/** Pastes a text at once; typing a megabyte would take all day. */
function setText(element: Element, text: string): void {
  const prototype = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, text);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
