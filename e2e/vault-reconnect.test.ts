// This journey is about a vault and a person: connecting by a link, and renewing from a mail, which another person may
// open and cannot use.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Secret } from '@hallpass/protocol';
import { apps, people } from './stage/cast.ts';
import { goOn, logIn, press, reads } from './stage/deeds.ts';
import { openVaultDesk } from './stage/vault/desk.ts';

it('a person connects by a link, loses the token, and renews it from a mail that others can open and not use', async (t) => {
  const { stage, vault, url, nextMail } = await openVaultDesk(t);
  await vault.apps.set({
    appId: apps.fern.id,
    secret: new Secret(apps.fern.secret),
    graphBase: stage.url,
    dialogBase: `${stage.url}/dialog/oauth`,
  });
  const link = await vault.connect({
    appId: apps.fern.id,
    name: 'Corner Bakery posts',
    ownerEmail: people.ana.email,
    ownerName: 'Ana',
    scopes: ['email', 'pages_show_list'],
    wantedScopes: ['email', 'pages_show_list'],
  });
  const { page } = await stage.visitor(t);
  await page.goto(link.url);
  await logIn(page, people.ana);
  await reads(page, 'Continue to Fern Scheduler?');
  await goOn(page);
  await reads(page, 'Which Pages may Fern Scheduler use?');
  await goOn(page);
  await reads(page, 'Corner Bakery posts is connected');
  const [connection] = (await vault.list()).connections;
  assert.ok(connection);
  assert.deepEqual([connection.state, connection.kind], ['healthy', 'user_long']);

  // The answer of a dialog that is loaded once more makes no second connection.
  await page.reload();
  await reads(page, 'Corner Bakery posts is connected');
  assert.equal((await vault.list()).connections.length, 1);

  const token = await vault.use(connection.id, (secret) => secret.open());
  await stage.graph.delete('/me/permissions', { access_token: token });
  await stage.advance('2d');
  const mail = await nextMail();
  assert.deepEqual([mail.to, mail.subject], [[people.ana.email], 'Corner Bakery posts has stopped working']);
  assert.match(mail.text, new RegExp(`Only ${people.ana.name.split(' ')[0]} .\\. can renew it`));
  assert.ok(!mail.text.includes(token) && !mail.html.includes(token));
  const renew = new RegExp(`${url}/reconnect/\\S+`).exec(mail.text)?.[0] ?? '';

  // Somebody else gets the mail, on a phone.
  const other = await stage.visitor(t, { viewport: { width: 360, height: 700 }, colorScheme: 'dark' });
  await other.page.goto(renew);
  await reads(other.page, 'Renew Corner Bakery posts');
  await other.page.getByText(/^Only .* can renew this\.$/).waitFor();
  const wide = await other.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false);
  await press(other.page, 'Continue with Facebook');
  await logIn(other.page, people.cleo);
  await reads(other.page, 'Continue to Fern Scheduler?');
  await goOn(other.page);
  await reads(other.page, 'Which Pages may Fern Scheduler use?');
  await goOn(other.page);
  await reads(other.page, 'That was a different account');
  assert.equal((await vault.get(connection.id)).state, 'dead');

  await page.goto(renew);
  await press(page, 'Continue with Facebook');
  await reads(page, 'Continue to Fern Scheduler?');
  await goOn(page);
  await reads(page, 'Which Pages may Fern Scheduler use?');
  await goOn(page);
  await reads(page, 'Corner Bakery posts works again');
  assert.equal((await vault.get(connection.id)).state, 'healthy');
  await page.goto(renew);
  await reads(page, 'This has already been renewed');
});
