// Administrators run a business from the pages of the console: a system user from Add to a report with its token, and a
// Page that a partner works on, from the invitation of the person who does it. Each way is gone with a mouse and by
// keyboard alone.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { adAccount, apps, lantern, pages, people, type Person } from '../stage/cast.ts';
import { logInByCard, moveTo } from '../stage/console.ts';
import { press, reads } from '../stage/deeds.ts';
import { type Hands, waysToUse } from '../stage/hands.ts';
import { openStage, type Stage } from '../stage/stage.ts';

describe('business settings', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

  /** Opens one part of a business, from the column of tools on. */
  async function openBusiness(page: Page, hands: Hands, business: string, section: string): Promise<void> {
    await hands.press(
      page.getByRole('navigation', { name: 'Tools' }).getByText('Business settings').locator('xpath=ancestor::a'),
    );
    await reads(page, 'Business settings');
    await hands.press(link(page, business));
    await hands.press(page.getByRole('navigation', { name: 'Business settings' }).getByRole('link', { name: section }));
    await reads(page, section);
  }

  const givePassword = async (page: Page, hands: Hands, who: Person): Promise<void> => {
    await hands.write(page.getByLabel(/^Password/), who.password);
    await hands.press(button(page, 'Confirm'));
  };

  for (const { name: way, handsAt } of waysToUse)
    it(`a system user goes from Add to a report with its token, ${way}`, async (t) => {
      const { page } = await stage.visitor(t);
      const hands = handsAt(page);
      await logInByCard(stage, page, people.cleo);
      await openBusiness(page, hands, lantern.name, 'System users');
      await hands.press(button(page, 'Add'));
      await hands.write(page.getByLabel('System user name'), 'Nightly Reports');
      await hands.press(button(page, 'Create system user'));
      await reads(page, 'Nightly Reports');

      await hands.choose(page.getByRole('radiogroup', { name: 'Kind of asset' }), 'Ad accounts');
      await hands.flip(page.getByRole('checkbox', { name: `View performance: ${adAccount.name}` }));
      await hands.press(button(page, 'Save'));
      await page.getByText('The assignments have been saved.').waitFor();

      // The password of the log-in counts for ten minutes.
      await stage.advance('11m');
      await page.reload();
      await hands.press(button(page, 'Generate token'));
      const dialog = page.getByRole('dialog', { name: 'Generate token for Nightly Reports' });
      assert.ok(await dialog.getByRole('radio', { name: '60 days (recommended)' }).isChecked());
      await hands.select(dialog.getByRole('combobox', { name: 'App' }), apps.ledger.name);
      await hands.flip(dialog.getByRole('checkbox', { name: 'ads_read' }));
      await hands.press(dialog.getByRole('button', { name: 'Generate token' }));
      await givePassword(page, hands, people.cleo);
      await dialog.getByText('Copy the token of Nightly Reports now').waitFor();
      await hands.press(dialog.getByRole('button', { name: 'Show token of Nightly Reports' }));
      const token = await dialog.getByText(/^EAA/).innerText();
      await hands.press(dialog.getByRole('button', { name: 'Done' }));
      await dialog.waitFor({ state: 'detached' });
      assert.ok(!(await page.content()).includes(token), 'the token is gone with its window');

      const report = () =>
        stage.graph.get(`/v25.0/${adAccount.id}/insights`, { fields: 'impressions', access_token: token });
      const { status, body } = await report();
      assert.equal(status, 200, JSON.stringify(body));
      assert.ok(Number(body.data[0].impressions) > 0);
      const told = await stage.graph.inspect(apps.ledger, token);
      assert.deepEqual([told.type, told.is_valid], ['SYSTEM_USER', true]);

      await hands.press(page.getByRole('button', { name: /^Revoke the token / }));
      const asked = page.getByRole('dialog', { name: 'Revoke this token?' });
      await asked.getByText(`Ends 1 system user token of 1 app (${apps.ledger.name}).`).waitFor();
      await hands.press(asked.getByRole('button', { name: 'Revoke' }));
      await page.getByText('The token has ended.').waitFor();
      assert.equal((await report()).body.error.code, 190);
    });

  for (const { name: way, handsAt } of waysToUse)
    it(`a business invites somebody who then works on the Page of a partner, ${way}`, async (t) => {
      const [agency, owner, guest] = [await stage.visitor(t), await stage.visitor(t), await stage.visitor(t)];
      const { page } = agency;
      const [hands, guests, owners] = [handsAt(page), handsAt(guest.page), handsAt(owner.page)];
      await logInByCard(stage, page, people.elif);
      await moveTo(page, `${stage.url}/console/business`);
      await hands.press(button(page, 'Create a business').first());
      await hands.write(page.getByLabel('Name'), 'Harbour Agency');
      await hands.press(button(page, 'Create'));
      await reads(page, 'Business info');

      await openBusiness(page, hands, 'Harbour Agency', 'People');
      await hands.press(button(page, 'Invite people'));
      await hands.write(page.getByLabel('E-mail address'), people.ben.email);
      await hands.press(page.getByRole('dialog').getByRole('button', { name: 'Invite', exact: true }));
      const invited = page.getByRole('status').filter({ hasText: 'Send this link' });
      await invited.waitFor();
      const address = await invited.getByText(/^https?:/).innerText();
      await hands.press(page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last());
      await logInByCard(stage, guest.page, people.ben);
      await guest.page.goto(address);
      await reads(guest.page, 'Join Harbour Agency?');
      await guests.press(button(guest.page, 'Join'));
      await reads(guest.page, 'You’ve joined');

      await openBusiness(page, hands, 'Harbour Agency', 'Pages');
      await hands.press(button(page, 'Add a Page'));
      await hands.choose(page.getByRole('radiogroup', { name: 'How the Page is added' }), 'Request a client’s Page');
      await hands.write(page.getByLabel('Page id'), pages.books.id);
      await hands.flip(page.getByRole('dialog').getByRole('checkbox', { name: 'Create content' }));
      await hands.press(button(page, 'Request access'));
      await page.getByText('The request was sent to the owner of the Page.').waitFor();

      await logInByCard(stage, owner.page, people.cleo);
      await moveTo(owner.page, `${stage.url}/console/business/${lantern.id}/pages`);
      await owners.press(button(owner.page, `Accept Harbour Agency on ${pages.books.name}`));
      await owner.page.getByText('The business can now work on the Page.').waitFor();

      await page.reload();
      await hands.press(link(page, pages.books.name));
      await reads(page, pages.books.name);
      await hands.flip(page.getByRole('checkbox', { name: `Create content: ${people.ben.name}` }));
      await hands.press(button(page, 'Save'));
      await page.getByText('The assignments have been saved.').waitFor();
      await guest.page.goto(`${stage.url}/console/business`);
      await openBusiness(guest.page, guests, 'Harbour Agency', 'Pages');
      await guests.press(link(guest.page, pages.books.name));
      await reads(guest.page, pages.books.name);

      await moveTo(owner.page, `${stage.url}/console/business/${lantern.id}/partners`);
      await owners.press(button(owner.page, 'End the partnership with Harbour Agency'));
      const asked = owner.page.getByRole('dialog', { name: 'End the partnership with Harbour Agency?' });
      await asked.getByText('What ends with it').waitFor();
      await owners.press(button(owner.page, 'End it'));
      await owner.page.getByText('The partnership with Harbour Agency has ended.').waitFor();
      await page.goto(`${stage.url}/console/business`);
      await openBusiness(page, hands, 'Harbour Agency', 'Pages');
      await page.getByText('The business has no Pages yet').waitFor();
    });

  it('whoever has no second factor is told how to get one before the rule asks for it, and nothing chosen is lost', async (t) => {
    const { page, troubles } = await stage.visitor(t);
    await logInByCard(stage, page, people.cleo);
    await moveTo(page, `${stage.url}/console/business/${lantern.id}`);
    await page.getByRole('combobox', { name: 'Two-factor authentication is required for' }).click();
    await page.getByRole('option', { name: 'Everyone' }).click();
    await press(page, 'Save');
    const asked = page.getByRole('dialog', { name: 'Require two-factor authentication?' });
    await asked.getByText(/Stops \d people/).waitFor();
    await asked.getByRole('button', { name: 'Require it' }).click();
    await asked.getByText('Turn on two-factor authentication in your settings first').waitFor();
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Not saved: Two-factor authentication is required for').waitFor();
    assert.deepEqual(troubles, []);
  });
});
