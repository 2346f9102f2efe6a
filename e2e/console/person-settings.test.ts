// A person changes what apps may do from the pages of the console: takes one permission back, chooses Pages again,
// removes the app, and follows the deletion of their data. With a mouse, and by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { apps, pages, people } from '../stage/cast.ts';
import { moveTo } from '../stage/console.ts';
import { press, reads, signIn, tokenOf } from '../stage/deeds.ts';
import { waysToUse } from '../stage/hands.ts';
import { openStage, type Stage } from '../stage/stage.ts';

describe('the settings of a person', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage?.close());

  for (const { name: way, handsAt } of waysToUse)
    it(`somebody takes one permission back, chooses Pages again, removes the app and follows the deletion of their data, ${way}`, async (t) => {
      const visitor = await stage.visitor(t);
      const { page } = visitor;
      const hands = handsAt(page);
      stage.website.show(
        '/data-deletion',
        JSON.stringify({ url: `${stage.website.url}/deletion/4711`, confirmation_code: 'D-4711' }),
        { 'content-type': 'application/json' },
      );
      const token = await tokenOf(stage, visitor, people.ana, apps.fern, {
        scope: 'email,pages_show_list,pages_read_engagement',
      });
      const ask = (path: string, fields: string) => stage.graph.get(path, { fields, access_token: token });

      await moveTo(page, `${stage.url}/console/settings`);
      await reads(page, 'Profile');
      await hands.press(
        page.getByRole('navigation', { name: 'Your settings' }).getByRole('link', { name: 'Apps and websites' }),
      );
      await reads(page, 'Apps and websites');
      await hands.press(page.getByRole('button', { name: `View and edit ${apps.fern.name}` }));
      const dialog = page.getByRole('region', { name: apps.fern.name });
      await hands.flip(dialog.getByRole('checkbox', { name: /email/ }));
      await hands.choose(dialog.getByRole('radiogroup', { name: 'Which Pages the app may use' }), 'Only these Pages');
      await dialog.getByRole('group', { name: 'Your Pages' }).waitFor();
      for (const name of await dialog.getByRole('group', { name: 'Your Pages' }).getByRole('checkbox').all()) {
        const own = await name.evaluate((one) => (one as HTMLInputElement).value);
        if ((own === pages.bakery.id) !== (await name.isChecked())) await hands.flip(name);
      }
      await hands.press(dialog.getByRole('button', { name: 'Save' }));
      const asked = page.getByRole('dialog', { name: `Change what ${apps.fern.name} may do?` });
      await asked.getByText(/^Ends \d+ Page tokens? of 1 app/).waitFor();
      await hands.press(asked.getByRole('button', { name: 'Save' }));
      await page.getByText(`Your choices for ${apps.fern.name} have been saved.`).waitFor();
      assert.equal((await ask('/me', 'email')).body.email, undefined);
      const left = (await ask('/me/accounts', 'id')).body.data;
      assert.deepEqual(left, [{ id: pages.bakery.id }]);

      await hands.press(page.getByRole('button', { name: `Remove ${apps.fern.name}` }));
      const removal = page.getByRole('dialog', { name: `Remove ${apps.fern.name}?` });
      await removal.getByText(`Ends every user token of 1 app (${apps.fern.name}).`).waitFor();
      await hands.flip(removal.getByRole('checkbox', { name: /Ask the app to delete/ }));
      await hands.press(removal.getByRole('button', { name: 'Remove', exact: true }));
      await page.getByText(`${apps.fern.name} has been removed and asked to delete your data.`).waitFor();
      assert.equal((await ask('/me', 'id')).body.error.error_subcode, 458);

      await hands.press(
        page.getByRole('navigation', { name: 'Your settings' }).getByRole('link', { name: 'Data deletion' }),
      );
      await reads(page, 'Data deletion');
      for (let tries = 0; tries < 20 && !(await page.getByText('D-4711').isVisible()); tries++) {
        await stage.advance('60s');
        await page.reload();
        await page.getByText(apps.fern.name).first().waitFor();
      }
      await page.getByText('Confirmation code D-4711').waitFor();
      assert.equal(
        await page.getByRole('link', { name: 'Check its progress' }).getAttribute('href'),
        `${stage.website.url}/deletion/4711`,
      );
      await moveTo(page, `${stage.url}/console/settings/apps`);
      await hands.choose(page.getByRole('radiogroup', { name: 'Which apps' }), 'Removed');
      await page.getByText(apps.fern.id).waitFor();
    });

  for (const { name: way, handsAt } of waysToUse)
    it(`somebody goes from the console to the pages without scripts and back, changes their address, and the dark they chose stays, ${way}`, async (t) => {
      const { page } = await stage.visitor(t, { reducedMotion: 'reduce', colorScheme: 'light' });
      const hands = handsAt(page);
      const settings = page.getByRole('navigation', { name: 'Your settings' });
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await signIn(stage, page, people.ana);
      await page.goto(`${stage.url}/console/settings`);
      await reads(page, 'Profile');
      await hands.menu(page.getByRole('button', { name: 'Colours' }), 'Dark');
      const dark = await ground();
      await hands.press(page.getByRole('link', { name: 'Change' }));
      await reads(page, 'Change your e-mail address');
      assert.equal(await ground(), dark);
      await hands.write(page.getByLabel('New e-mail address'), 'ana.new@demo.example');
      await hands.write(page.getByLabel('Password'), people.ana.password);
      await hands.press(page.getByRole('button', { name: 'Change address' }));
      await page.getByText('Your e-mail address has been changed.').waitFor();
      for (const [place, heading] of [
        ['Password', 'Change your password'],
        ['Secure your account', 'Secure your account'],
        ['Data deletion', 'Data deletion'],
        ['Two-factor authentication', 'Two-factor authentication'],
        ['Your profile', 'Profile'],
      ] as const) {
        await hands.press(settings.getByRole('link', { name: place, exact: true }));
        await reads(page, heading);
        assert.equal(await ground(), dark);
      }
      await page.getByText('ana.new@demo.example').waitFor();
    });

  it('an app that was not used for 90 days is renewed from the expired ones', async (t) => {
    const visitor = await stage.visitor(t);
    const { page } = visitor;
    const token = await tokenOf(stage, visitor, people.ana, apps.fern, { scope: 'email' });
    assert.ok(token);
    await stage.advance('89d');
    await moveTo(page, `${stage.url}/console/settings/apps`);
    await page.getByText(apps.fern.name, { exact: true }).waitFor();
    await stage.advance('2d');
    await page.reload();
    await page.getByText('Expired', { exact: true }).click();
    await press(page, `Renew ${apps.fern.name}`);
    await page.getByText('can access your data for another 90 days').waitFor();
    await page.getByText('Active', { exact: true }).click();
    await page.getByText(apps.fern.name, { exact: true }).waitFor();
  });

  it('a session in another browser is found by its name and ended, with a word about what ends with it', async (t) => {
    const [here, there] = [await stage.visitor(t), await stage.visitor(t)];
    const token = await tokenOf(stage, there, people.ana);
    await tokenOf(stage, here, people.ana);
    await moveTo(here.page, `${stage.url}/console/settings/sessions`);
    await here.page.getByText('This device').waitFor();
    await here.page.getByRole('button', { name: /^Log out Chrome/ }).click();
    const asked = here.page.getByRole('dialog', { name: /^Log out Chrome/ });
    await asked.getByText('Logs out 1 device, with the tokens that came from there.').waitFor();
    await asked.getByRole('button', { name: 'Log out', exact: true }).click();
    await here.page.getByText('That device has been logged out.').waitFor();
    assert.equal((await stage.graph.get('/me', { access_token: token })).body.error.error_subcode, 467);
  });
});
