// These cases are about the log-in dialog by its own documents: what is asked, what is asked again, and how permissions
// are taken back.
import assert from 'node:assert/strict';
import { apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { answerIn, dialog, goOn, inspect, pageScope, redeem, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const manual = citing('manual flow');
const asking = citing('permissions');
const list = citing('permission list');
const { shop } = apps;

export const cases: Case[] = [
  manual.documented(
    'public_profile is granted with every log-in and cannot be unticked.',
    'It can’t be unticked in the list, and the token has it.',
    async (world) => {
      const browser = world.browser();
      let page = await browser.open(dialog(shop, { scope: 'email' }));
      const form = page.forms.find(({ fields }) => fields.some(({ name }) => name === 'password'));
      assert.ok(form);
      page = await browser.submit(form, { fill: { email: 'ana@example.com', password: 'ana-and-her-bread' } });
      const ticks = page.forms.flatMap(({ fields }) =>
        fields.filter(({ name }) => name === 'permissions').map(({ value }) => value),
      );
      assert.deepEqual(ticks, ['email']);
      assert.ok(
        (await inspect(world, await userToken(world, 'ana', shop, { browser, scope: 'email' }))).scopes.includes(
          'public_profile',
        ),
      );
    },
  ),
  asking.documented(
    'You should only ask for what is not yet granted; the dialog shows only new permissions.',
    'What was granted is not asked again: the dialog shows the new one alone.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { browser, scope: 'email' });
      const page = await browser.open(dialog(shop, { scope: 'email,user_gender' }));
      const ticks = page.forms.flatMap(({ fields }) =>
        fields.filter(({ name }) => name === 'permissions').map(({ value }) => value),
      );
      assert.deepEqual(ticks, ['user_gender']);
    },
  ),
  asking.documented(
    'Once someone has declined a permission, the dialog does not ask for it again.',
    'The dialog goes straight back, without the declined permission.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { browser, scope: 'email', untick: ['email'] });
      const page = await browser.open(dialog(shop, { scope: 'email' }));
      const { body } = succeeded(await redeem(world, shop, answerIn(page).query.get('code') ?? ''));
      assert.deepEqual((await inspect(world, body.access_token as string)).scopes, ['public_profile']);
    },
  ),
  asking.documented(
    '… unless you add auth_type=rerequest.',
    'Then it asks, and says that it was declined before.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { browser, scope: 'email', untick: ['email'] });
      const page = await browser.open(dialog(shop, { scope: 'email', auth_type: 'rerequest' }));
      assert.equal(page.left, undefined);
      assert.match(page.innerText, /You declined this before/);
    },
  ),
  manual.documented(
    'auth_type=reauthenticate asks the person to enter the password again.',
    'A person who is logged in has to give the password once more; debug_token shows auth_type and auth_nonce.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { browser });
      const page = await browser.open(dialog(shop, { auth_type: 'reauthenticate', auth_nonce: 'once-1' }));
      assert.ok(
        page.forms.some(({ fields }) => fields.some(({ name }) => name === 'password')),
        page.innerText,
      );
      const { body } = succeeded(
        await redeem(world, shop, answerIn(await goOn(browser, 'ana')).query.get('code') ?? ''),
      );
      assert.deepEqual((await inspect(world, body.access_token as string)).metadata, {
        auth_type: 'reauthenticate',
        auth_nonce: 'once-1',
      });
    },
  ),
  asking.documented(
    'Handle missing permissions: check with GET /{user-id}/permissions.',
    'Granted and declined are both listed.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email,user_gender', untick: ['user_gender'] });
      const { body } = succeeded(await world.get('/me/permissions', { access_token: token }));
      assert.deepEqual(body.data, [
        { permission: 'public_profile', status: 'granted' },
        { permission: 'email', status: 'granted' },
        { permission: 'user_gender', status: 'declined' },
      ]);
    },
  ),
  asking.documented(
    'Revoke one permission: DELETE /{user-id}/permissions/{permission-name}.',
    'It answers a bare true; the token keeps working without the permission.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email' });
      assert.equal((await world.delete('/me/permissions/email', { access_token: token })).text, 'true');
      assert.equal(succeeded(await world.get('/me', { fields: 'email', access_token: token })).body.email, undefined);
    },
  ),
  asking.documented(
    'Both work with a user token, or with the app token and the user id.',
    'The app removes itself from a person by its own token.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const { id } = (await world.get('/me', { access_token: token })).body as { id: string };
      assert.equal(
        (await world.delete(`/${id}/permissions`, { access_token: `${shop.id}|${shop.secret}` })).text,
        'true',
      );
      refused(await world.get('/me', { access_token: token }), 190, 458);
    },
  ),
  ...list.each(
    [
      ['pages_manage_posts', ['pages_read_engagement', 'pages_show_list']],
      ['pages_manage_metadata', ['pages_show_list']],
      ['pages_read_engagement', ['pages_show_list']],
      ['pages_read_user_content', ['pages_show_list']],
      ['read_insights', ['pages_read_engagement', 'pages_show_list']],
      ['ads_management', ['pages_read_engagement', 'pages_show_list']],
      ['ads_read', []],
    ] as const,
    ([scope, with_]) =>
      list.documented(
        with_.length === 0 ? `${scope} has no dependencies.` : `${scope} depends on ${with_.join(' and ')}.`,
        `Asking for ${scope} gives ${[scope, ...with_].join(', ')}.`,
        async (world) => {
          const { scopes } = await inspect(world, await userToken(world, 'ana', shop, { scope }));
          assert.deepEqual(scopes, ['public_profile', scope, ...with_]);
        },
      ),
  ),
  manual.documented(
    'People choose which of their Pages an app may use.',
    'Only the chosen Page is listed, and only it gives a token.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope, choose: ['garden'] });
      const { body } = succeeded(await world.get('/me/accounts', { access_token: token }));
      assert.deepEqual(
        (body.data as { id: string }[]).map(({ id }) => id),
        [pages.garden.id],
      );
      assert.equal(
        (await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token })).body.access_token,
        undefined,
      );
      const { granular_scopes } = await inspect(world, token);
      assert.ok(
        (granular_scopes as { target_ids?: string[] }[]).every(
          ({ target_ids }) => target_ids === undefined || target_ids.join() === pages.garden.id,
        ),
      );
    },
  ),
];
