// These tests are about the signed-in part: what a person can see and end.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formsOf, tagsOf, textOf } from '../../../test/tags.ts';
import { apps, changePassword, checkpoint, home, secureAccount, sessions } from '../../index.ts';

const NOW = 1795219200;
const DAY = 86400;
const hidden = { csrf: 'c' };
const account = {
  platform: { name: 'Hallpass' },
  person: { id: '11', name: 'Anna Lindqvist', firstName: 'Anna', email: 'anna@example.com' },
  paths: {
    home: '/',
    apps: '/settings/apps',
    sessions: '/settings/sessions',
    password: '/settings/password',
    twoFactor: '/settings/two-factor',
    secure: '/settings/secure',
    newPage: '/pages/create',
  },
  logOut: { action: '/log-out', hidden },
};

/** The hidden inputs of every form to `action`. */
const sent = (html: string, action: string): Record<string, string>[] =>
  formsOf(html)
    .filter(({ attributes }) => attributes.action === action)
    .map(({ inside }) =>
      Object.fromEntries(
        inside
          .filter((tag) => tag.attributes.type === 'hidden')
          .map((tag) => [tag.attributes.name, tag.attributes.value ?? '']),
      ),
    );

suite('devices', () => {
  const here = {
    id: 's1',
    current: true,
    userAgent: 'Firefox/140.0 Windows',
    ipPrefix: '203.0.113.0/24',
    createdAt: NOW - DAY,
    seenAt: NOW,
  };
  const there = {
    id: 's2',
    current: false,
    userAgent: 'curl/8',
    ipPrefix: '198.51.100.0/24',
    createdAt: NOW - 9 * DAY,
    seenAt: NOW - 3600,
  };
  const props = { ...account, now: NOW, end: { action: '/end', hidden }, endOthers: { action: '/end-others', hidden } };

  test('each device but this one can be logged out alone, and all others together', () => {
    const html = sessions({ ...props, sessions: [there, here] });
    assert.deepEqual(sent(html, '/end'), [{ csrf: 'c', session: 's2' }]);
    assert.equal(sent(html, '/end-others').length, 1);
    const text = textOf(html);
    assert.ok(text.indexOf('Firefox on Windows') < text.indexOf('A program'), 'this device stands first');
    assert.match(text, /Last active 1 hour ago · 198\.51\.100\.0\/24/);
  });

  test('with one device there is nothing to end', () => {
    const html = sessions({ ...props, sessions: [here] });
    assert.deepEqual([...sent(html, '/end'), ...sent(html, '/end-others')], []);
    assert.match(textOf(html), /You are logged in on this device only/);
  });

  test('a log-in from this very machine says so instead of a network that nobody knows', () => {
    for (const ipPrefix of ['127.0.0.0/24', '::/64'])
      assert.match(textOf(sessions({ ...props, sessions: [{ ...here, ipPrefix }] })), /Active now · this computer/);
  });
});

suite('apps and websites', () => {
  const app = { id: '77', name: 'Fjordbook' };
  const connected = {
    app,
    connectedAt: NOW - 61 * DAY,
    dataAccessUntil: NOW + DAY,
    permissions: [
      { name: 'public_profile', revocable: false },
      { name: 'pages_manage_posts', revocable: true, pages: ['Café', 'Club'] },
    ] as const,
  };
  const props = {
    ...account,
    now: NOW,
    requests: [],
    revoke: { action: '/revoke', hidden },
    choosePages: { action: '/pages', hidden },
    remove: { action: '/remove', hidden },
  };

  test('a permission can be taken back alone, an app removed whole', () => {
    const html = apps({ ...props, apps: [connected] });
    assert.deepEqual(sent(html, '/revoke'), [{ csrf: 'c', app: '77', permission: 'pages_manage_posts' }]);
    assert.deepEqual(sent(html, '/remove'), [{ csrf: 'c', app: '77' }]);
  });

  test('which Pages it may use can be chosen again: those ticked, or all of them', () => {
    const pages = [
      { id: '5', name: 'Café', tasks: [], chosen: true },
      { id: '6', name: 'Club', tasks: [], chosen: false },
    ];
    const html = apps({ ...props, apps: [{ ...connected, choice: { pages, all: false } }] });
    const inputs = formsOf(html).find(({ attributes }) => attributes.action === '/pages')?.inside ?? [];
    const ticked = (type: string) =>
      inputs
        .filter((tag) => tag.attributes.type === type)
        .map((tag) => [tag.attributes.value, 'checked' in tag.attributes]);
    assert.deepEqual(ticked('radio'), [
      ['some', true],
      ['all', false],
    ]);
    assert.deepEqual(ticked('checkbox'), [
      ['5', true],
      ['6', false],
    ]);
    assert.deepEqual(
      sent(apps({ ...props, apps: [connected] }), '/pages'),
      [],
      'not where it has no permission about Pages',
    );
  });

  test('removing is asked twice, and can ask the app to delete what it has', () => {
    const html = apps({ ...props, apps: [connected] });
    assert.match(html, /<details class="confirm"><summary>/);
    assert.ok(tagsOf(html).some((tag) => tag.attributes.name === 'delete_data' && !('checked' in tag.attributes)));
  });

  test('says since when, on which Pages, and until when', () => {
    const text = textOf(apps({ ...props, apps: [connected] }));
    assert.match(text, /Added on 21 September 2026/);
    assert.match(text, /Page posts Only Café and Club/);
    assert.match(text, /ends on 22 November 2026 , unless you use the app before/);
    assert.match(
      textOf(apps({ ...props, apps: [{ ...connected, dataAccessUntil: NOW - DAY }] })),
      /Access to data ended/,
    );
  });

  test('what became of requests to delete data is told, with the link and the code of the app', () => {
    const requests = [
      { app, askedAt: NOW, state: 'confirmed', url: 'https://fjordbook.example/deletion?id=ab12', code: 'ab12' },
      { app, askedAt: NOW, state: 'confirmed', url: 'javascript:alert(1)', code: '<b>' },
      { app, askedAt: NOW, state: 'asked' },
      { app, askedAt: NOW, state: 'failed', contact: 'hello@fjordbook.example' },
      { app, askedAt: NOW, state: 'failed', instructions: 'https://fjordbook.example/how' },
    ] as const;
    const html = apps({ ...props, apps: [], requests });
    const text = textOf(html);
    assert.match(text, /has taken it on\. What becomes of it · Code ab12/);
    assert.match(text, /Write to hello@fjordbook\.example/);
    const links = tagsOf(html).flatMap((tag) =>
      tag.name === 'a' && tag.attributes.rel?.includes('noopener') ? [tag.attributes.href] : [],
    );
    assert.deepEqual(links, ['https://fjordbook.example/deletion?id=ab12', 'https://fjordbook.example/how']);
    assert.doesNotMatch(textOf(apps({ ...props, apps: [] })), /Requests to delete/);
  });

  test('without apps it says how they come here', () => {
    assert.match(textOf(apps({ ...props, apps: [] })), /No apps yet When you log in to an app/);
  });
});

test('the menu shows where one is, and a developer console only where there is one', () => {
  const html = home({ ...account, apps: 0, sessions: 1 });
  assert.equal(tagsOf(html).filter((tag) => tag.attributes['aria-current'] === 'page').length, 1);
  assert.doesNotMatch(textOf(html), /For developers/);
  assert.match(
    textOf(home({ ...account, paths: { ...account.paths, console: '/console/' }, apps: 0, sessions: 1 })),
    /For developers/,
  );
});

test('logging out is a form on every page of the signed-in part', () => {
  assert.equal(sent(secureAccount({ ...account, form: { action: '/lock', hidden } }), '/log-out').length, 1);
});

test('changing the password asks for the old one and says what ends', () => {
  const html = changePassword({ ...account, form: { action: '/password', hidden }, errors: { password: 'wrong' } });
  const names = formsOf(html)
    .find(({ attributes }) => attributes.action === '/password')
    ?.inside.flatMap((tag) => tag.attributes.name ?? []);
  assert.deepEqual(names, ['csrf', 'password', 'new_password']);
  assert.match(textOf(html), /Other devices are logged out, and apps that act for you will ask you to log in again\./);
  assert.match(textOf(html), /The password is not right\./);
});

test('a locked account says why, and asks for a new password only where one is needed', () => {
  const props = {
    platform: account.platform,
    person: account.person,
    form: { action: '/unlock', hidden },
    reason: 'asked',
  } as const;
  assert.match(textOf(checkpoint(props)), /You locked your account/);
  assert.equal(checkpoint(props).includes('new_password'), false);
  assert.ok(checkpoint({ ...props, newPassword: true }).includes('new_password'));
});
