// These tests are about the signed-in part: what a person can see and end.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formsOf, tagsOf, textOf } from '../../../test/tags.ts';
import {
  apps,
  changeEmail,
  changePassword,
  checkpoint,
  deletions,
  home,
  secureAccount,
  sessions,
} from '../../index.ts';
import { accountPlaces, managePlaces, toolPlaces } from '../../places.ts';

const NOW = 1795219200;
const DAY = 86400;
const hidden = { csrf: 'c' };
const account = {
  platform: { name: 'Hallpass' },
  person: { id: '11', name: 'Anna Lindqvist', firstName: 'Anna', email: 'anna@example.com' },
  logOut: { action: '/log-out', hidden },
};

const reach = { devices: 1, apps: 2 };

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
  const props = {
    ...account,
    apps: 1,
    now: NOW,
    end: { action: '/end', hidden },
    endOthers: { action: '/end-others', hidden },
  };

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

  test('without apps it says how they come here', () => {
    assert.match(textOf(apps({ ...props, apps: [] })), /No apps yet When you log in to an app/);
  });
});

test('what became of requests to delete data is told, with the link and the code of the app', () => {
  const requests = [
    {
      app: { id: '77', name: 'Fjordbook' },
      askedAt: NOW,
      state: 'confirmed',
      url: 'https://fjordbook.example/deletion?id=ab12',
      code: 'ab12',
    },
    { app: { id: '77', name: 'Fjordbook' }, askedAt: NOW, state: 'confirmed', url: 'javascript:alert(1)', code: '<b>' },
    { app: { id: '77', name: 'Fjordbook' }, askedAt: NOW, state: 'asked' },
    { app: { id: '77', name: 'Fjordbook' }, askedAt: NOW, state: 'failed', contact: 'hello@fjordbook.example' },
    {
      app: { id: '77', name: 'Fjordbook' },
      askedAt: NOW,
      state: 'failed',
      instructions: 'https://fjordbook.example/how',
    },
  ] as const;
  const html = deletions({ ...account, requests });
  const text = textOf(html);
  assert.match(text, /has accepted your request\. Check its progress · Code ab12/);
  assert.match(text, /Write to hello@fjordbook\.example/);
  const links = tagsOf(html).flatMap((tag) =>
    tag.name === 'a' && tag.attributes.rel?.includes('noopener') ? [tag.attributes.href] : [],
  );
  assert.deepEqual(links, ['https://fjordbook.example/deletion?id=ab12', 'https://fjordbook.example/how']);
  assert.match(textOf(deletions({ ...account, requests: [] })), /No requests yet/);
});

test('the row of settings shows where one is, and leads to the console only where there is one', () => {
  const links = (html: string) => tagsOf(html).flatMap((tag) => (tag.name === 'a' ? [tag.attributes.href ?? ''] : []));
  const alone = home({ ...account, apps: 0, sessions: 1 });
  assert.equal(tagsOf(alone).filter((tag) => tag.attributes['aria-current'] === 'page').length, 1);
  assert.deepEqual(
    links(alone).filter((path) => /^\/(?:console|tools)/.test(path)),
    [],
  );
  const inHouse = links(changePassword({ ...account, reach, withConsole: true, form: { action: '/x', hidden } }));
  for (const { path } of [...toolPlaces, ...managePlaces]) assert.ok(inHouse.includes(path), path);
  for (const place of accountPlaces)
    assert.ok(inHouse.includes('console' in place ? place.console : place.plain), place.label);
});

test('a page that the console has too leads there', () => {
  const page = deletions({ ...account, withConsole: true, requests: [] });
  assert.match(textOf(page), /Data deletion in the console shows more/);
  assert.doesNotMatch(textOf(deletions({ ...account, requests: [] })), /in the console/);
});

test('light or dark is as the person chose it, and as the system has it where they did not', () => {
  const form = { action: '/x', hidden };
  assert.match(
    changePassword({ ...account, reach, platform: { ...account.platform, colours: 'dark' }, form }),
    /<html lang="en" data-colours="dark">/,
  );
  assert.match(changePassword({ ...account, reach, form }), /<html lang="en">/);
});

test('another address asks for the password, says which one it is now, and promises a mail only where mails are sent', () => {
  const props = { ...account, form: { action: '/e', hidden }, mails: true };
  const text = textOf(changeEmail(props));
  assert.match(text, /Your address is anna@example\.com/);
  assert.match(text, /We’ll tell your old address/);
  assert.doesNotMatch(textOf(changeEmail({ ...props, mails: false })), /is told/);
  const fields = formsOf(changeEmail({ ...props, typed: 'new@' }))
    .filter(({ attributes }) => attributes.action === '/e')
    .flatMap(({ inside }) => inside.map(({ attributes }) => [attributes.name, attributes.value]));
  assert.deepEqual(
    fields.filter(([name]) => name === 'email' || name === 'password'),
    [
      ['email', 'new@'],
      ['password', undefined],
    ],
  );
});

test('what an act ends is said before it: devices, and apps that hold tokens', () => {
  const form = { action: '/x', hidden };
  assert.match(
    textOf(changePassword({ ...account, reach, form })),
    /This logs out 1 other device and ends every token that 2 apps hold for you\./,
  );
  assert.match(
    textOf(secureAccount({ ...account, reach: { devices: 0, apps: 0 }, form })),
    /No other device is logged in, and no app holds a token for you\./,
  );
});

test('logging out is a form on every page of the signed-in part', () => {
  assert.equal(sent(secureAccount({ ...account, reach, form: { action: '/lock', hidden } }), '/log-out').length, 1);
});

test('changing the password asks for the old one and says what ends', () => {
  const html = changePassword({
    ...account,
    reach,
    form: { action: '/password', hidden },
    errors: { password: 'wrong' },
  });
  const names = formsOf(html)
    .find(({ attributes }) => attributes.action === '/password')
    ?.inside.flatMap((tag) => tag.attributes.name ?? []);
  assert.deepEqual(names, ['csrf', 'password', 'new_password']);
  assert.match(textOf(html), /every token that 2 apps hold for you\. They ask you to log in again\./);
  assert.match(textOf(html), /The password is wrong\./);
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
