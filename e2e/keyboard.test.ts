// These journeys are about the dialog and the account without a mouse: Tab, Enter and Space alone, with a focus that
// can always be seen.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { apps, people } from './stage/cast.ts';
import { dialog, reads, redeemed, returned, signIn } from './stage/deeds.ts';
import { openStage, type Stage } from './stage/stage.ts';

/** Finds what is wrong with how the focus is shown, if anything: no ring, or something lies over it. */
async function focusFault(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const focused = document.activeElement as HTMLElement;
    const name = focused.outerHTML.slice(0, 90);
    const row = focused.closest('.row');
    const ringed = [focused, ...(row ? [row] : [])].some((one) => getComputedStyle(one).outlineStyle !== 'none');
    if (!ringed) return `no ring around ${name}`;
    const { left, top, width, height } = focused.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    return over && (focused.contains(over) || over.contains(focused))
      ? undefined
      : `${over?.outerHTML.slice(0, 90) ?? 'the edge'} lies over ${name}`;
  });
}

/** Presses Tab until `wanted` has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let steps = 0; steps < 30; steps++) {
    if (await wanted.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
    const inPage = await page.evaluate(() => document.activeElement !== document.body);
    if (inPage) assert.equal(await focusFault(page), undefined);
  }
  assert.fail(`Tab does not come to ${String(wanted)}`);
}

describe('with the keyboard alone', () => {
  let stage: Stage;

  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  for (const [where, viewport] of [
    ['on a wide screen', { width: 1100, height: 780 }],
    ['on a phone with a keyboard', { width: 360, height: 560 }],
  ] as const) {
    it(`a person logs in, leaves one thing out, chooses a Page and is back at the app, ${where}`, async (t) => {
      const { page } = await stage.visitor(t, { viewport });
      const { keyboard } = page;
      const button = (name: string | RegExp) => page.getByRole('button', { name });
      await page.goto(dialog(stage, apps.fern, { scope: 'email,user_birthday,pages_show_list' }));
      await page.getByLabel('E-mail').waitFor();
      await keyboard.type(people.ana.email);
      await keyboard.press('Tab');
      await keyboard.type(people.ana.password);
      await keyboard.press('Enter');

      await reads(page, 'Continue to Fern Scheduler?');
      await tabTo(page, page.locator('summary', { hasText: 'Edit what you share' }));
      await keyboard.press('Enter');
      await tabTo(page, page.getByRole('checkbox', { name: /^Birthday/ }));
      await keyboard.press('Space');
      await tabTo(page, button('Continue as Ana'));
      await keyboard.press('Enter');

      await reads(page, 'Which Pages may Fern Scheduler use?');
      for (const name of ['Corner Bakery', 'Old Garden']) {
        await tabTo(page, page.getByRole('checkbox', { name: new RegExp(name) }));
        await keyboard.press('Space');
      }
      await tabTo(page, button('Continue'));
      await keyboard.press('Space');
      const token = await redeemed(stage, apps.fern, (await returned(page, stage)).query);
      const me = await stage.graph.get('/me', { fields: 'email,birthday,accounts{name}', access_token: token });
      assert.deepEqual([me.body.email, me.body.birthday], [people.ana.email, undefined]);
      assert.deepEqual(
        me.body.accounts.data.map((one: { name: string }) => one.name),
        ['Lantern Books'],
      );
    });
  }

  it('a person cancels, and the required fields do not hold them back', async (t) => {
    const { page } = await stage.visitor(t);
    await page.goto(dialog(stage, apps.fern));
    await tabTo(page, page.getByRole('button', { name: 'Cancel' }));
    await page.keyboard.press('Enter');
    assert.equal((await returned(page, stage)).query.get('error'), 'access_denied');
  });

  it('a person skips the menu of the account and removes an app', async (t) => {
    const { page } = await stage.visitor(t);
    const { keyboard } = page;
    await signIn(stage, page, people.elif);
    await page.goto(`${stage.url}/settings/apps`);
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await tabTo(page, page.locator('summary', { hasText: 'Ledger Lane' }).first());
    await keyboard.press('Enter');
    await tabTo(page, page.locator('summary', { hasText: 'Remove Ledger Lane' }));
    await keyboard.press('Space');
    await tabTo(page, page.getByRole('button', { name: 'Remove app Ledger Lane' }));
    await keyboard.press('Enter');
    await page.getByText('The app has been removed.').waitFor();
    await page.getByText('No apps yet').waitFor();
  });
});
