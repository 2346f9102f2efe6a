// Every act on what tokens hang on leaves its line in the audit trail, and nothing secret in it or in the log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginSession } from '../../src/people/sign-in/sessions.ts';
import { change } from '../../src/liveness/change.ts';
import { verify } from '../../src/store/audit/verify.ts';
import { desk } from '../dashboard.ts';
import { cast, testWorld } from '../world.ts';

const { shop, bakery, ana, ben } = cast;

test('ST-06: acts by calls are in the audit trail with who did them, and no secret is', async () => {
  const t = await testWorld();
  const { installation } = t.server;
  const appToken = `${shop.id}|${shop.secret}`;
  const permissions = ['pages_show_list', 'pages_manage_metadata', 'email'];
  const anas = await t.login(shop.id, ana.id, { permissions });
  const { session } = await change(installation, (act) =>
    beginSession(installation, act, ben.id, { userAgent: 'test', ipPrefix: '' }),
  );
  const bens = await t.login(shop.id, ben.id, { session: session.id });
  const bensId = (await t.get(`/me?access_token=${bens}`)).body.id as string;

  const made = (await t.post(`/${shop.id}/accounts`, { access_token: appToken })).body;
  await t.post(`/${made.id}`, { password: 'canary-password-1', access_token: appToken });
  await t.delete(`/${made.id}?access_token=${encodeURIComponent(appToken)}`);
  await t.post(`/${bakery.id}/assigned_users`, { user: bensId, tasks: 'ANALYZE', access_token: anas });
  await t.delete(`/${bakery.id}/assigned_users?user=${bensId}&access_token=${anas}`);
  await t.delete(`/me/permissions/email?access_token=${anas}`);
  await t.delete(`/me/permissions?access_token=${anas}`);
  await t.post(`/${shop.id}`, { app_name: 'Shop 2', access_token: appToken });
  const page = await desk(t, ben);
  await page.post(`/${shop.id}/show_secret`);
  const secret = (await page.post(`/${shop.id}/reset_secret`)).body.app_secret as string;
  const clientToken = (await page.post(`/${shop.id}/reset_client_token`)).body.client_token as string;
  await page.delete(`/${shop.id}`);

  const rows = await installation.db.read.selectFrom('events').selectAll().orderBy('seq').execute();
  const lines = rows.map((row) => `${row.name} by ${row.actor_kind} ${row.actor_id}`);
  for (const line of [
    `testuser.created by app ${shop.id}`,
    `auth.password.changed by app ${shop.id}`,
    `testuser.deleted by app ${shop.id}`,
    `role.changed by person ${ana.id}`,
    `grant.changed by person ${ana.id}`,
    `app.settings.changed by app ${shop.id}`,
    `app.secret.shown by person ${ben.id}`,
    `app.secret.reset by person ${ben.id}`,
    `app.client_token.reset by person ${ben.id}`,
    `app.deleted by person ${ben.id}`,
  ])
    assert.ok(lines.includes(line), line);
  assert.equal(lines.filter((line) => line.startsWith('role.changed')).length, 2);
  assert.equal((await verify(installation.db.read, installation.keys.audit)).brokenAt, undefined);

  const printed = JSON.stringify([rows, t.log]);
  for (const canary of [
    anas,
    bens,
    shop.secret,
    secret,
    clientToken,
    made.access_token,
    made.password,
    made.email,
    'canary-password-1',
    new URL(made.login_url).search,
  ])
    assert.ok(!printed.includes(canary));
  await t.close();
});
