// This journey is about the console of a vault: somebody signs in with a key, finds the connection that needs a person,
// asks that person again, hands the connection over to another one, and sees its token only with the right to.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { apps, people } from './stage/cast.ts';
import { goOn, logIn, press, reads } from './stage/deeds.ts';
import { openInbox } from './stage/inbox.ts';
import { openStage } from './stage/stage.ts';
import { guestToken, setFern, signInWith } from './stage/vault/scene.ts';
import { vaultAddress } from './stage/vault/service.ts';

it('somebody asks the person of a dead connection again, hands it over to another one, and leaves', async (t) => {
  const address = await vaultAddress();
  const stage = await openStage({ callbacks: [`${address.url}/callback`] });
  const inbox = await openInbox(t);
  const { vault, url, delivered, close } = await address.open(stage, inbox.port);
  t.after(async () => {
    await close();
    await stage.close();
  });
  await setFern(stage, vault);
  const token = await guestToken(stage, 'Ida Hartmann');
  const rows = [
    { name: 'Harbour office', token, owner_name: 'Ida', owner_email: 'ida@acme.example' },
    { name: 'Fern Scheduler itself', token: `${apps.fern.id}|${apps.fern.secret}` },
  ];
  await vault.import(JSON.stringify(rows), { appId: apps.fern.id });
  await stage.graph.delete('/me/permissions', { access_token: token });
  await stage.advance('27h');
  await vault.sweeper().sweep();
  await stage.advance('60s');
  await delivered();
  assert.equal((await inbox.next()).subject, 'Harbour office has stopped working');
  await stage.advance('1d');

  const { page } = await stage.visitor(t);
  await signInWith(page, vault, url, 'read', 'connect', 'manage', 'operate');
  const row = (name: string) => page.getByRole('row', { name });
  await row('Fern Scheduler itself').waitFor();
  await page.getByRole('button', { name: '1 Gone' }).click();
  await row('Fern Scheduler itself').waitFor({ state: 'detached' });
  await page.getByRole('checkbox', { name: 'Choose Harbour office' }).check();
  await press(page, 'Ask these again');
  await press(page, 'Ask this person');
  await page.getByRole('dialog').getByText('ida@acme.example').waitFor();
  await press(page, 'Done');
  await stage.advance('60s');
  await delivered();
  const mail = await inbox.next();
  assert.deepEqual([mail.to, mail.subject], [['ida@acme.example'], 'Harbour office has stopped working']);
  assert.match(mail.text, new RegExp(`${url}/reconnect/`));
  assert.ok(!mail.text.includes(token) && !mail.html.includes(token));
  await page.getByRole('link', { name: 'Mail log' }).click();
  await page.getByRole('row', { name: /had its person asked.*Sent/ }).waitFor();

  await page.getByRole('link', { name: 'Harbour office' }).first().click();
  await page.getByText('It had its person asked to connect again.').waitFor();
  await press(page, 'Hand over');
  await page.getByLabel('Name of the new owner').fill('Cleo');
  await page.getByLabel('Their e-mail').fill(people.cleo.email);
  await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
  const link = await page.getByRole('dialog').getByRole('link').getAttribute('href');
  const cleo = await stage.visitor(t);
  await cleo.page.goto(link ?? '');
  await logIn(cleo.page, people.cleo);
  await reads(cleo.page, 'Continue to Fern Scheduler?');
  await goOn(cleo.page);
  await reads(cleo.page, 'Harbour office works again');
  await press(page, 'Done');
  await page.reload();
  await page.getByText('It was handed over to someone else.').waitFor();
  await page.getByText(people.cleo.email).waitFor();

  // Without the right, the page offers no token; with it, one is shown after a question and written down.
  await press(page, 'More');
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
  assert.equal(await page.getByRole('menuitem', { name: 'Show the token' }).count(), 0);
  await page.keyboard.press('Escape');
  await press(page, /^Signed in with/);
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await reads(page, 'Sign in');
  await signInWith(page, vault, url, 'read', 'reveal');
  await page.getByRole('link', { name: 'Harbour office' }).click();
  await press(page, 'More');
  await page.getByRole('menuitem', { name: 'Show the token' }).click();
  await press(page, 'Show it once');
  await press(page, /^Show token of/);
  const [connection] = (await vault.list({ search: 'Harbour' })).connections;
  const now = await vault.use(connection?.id ?? '', (secret) => secret.open());
  await page.getByRole('dialog').getByText(now).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(/^It had its token shown to someone\. By the key/).waitFor();
});
