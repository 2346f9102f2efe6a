// These samples are views of a person's own account, in the states that look different.
import * as pages from '../../src/index.ts';
import { DAY, NOW, of, type Sample, type SampleCast } from './cast.ts';

export function accountSamples({ text, path, platform, hidden, form, app, person, list }: SampleCast): Sample[] {
  const account = { platform, person, withConsole: true, logOut: { action: path('/logout.php'), hidden } };
  const sessionList: pages.SessionRow[] = [
    {
      id: text('s1'),
      current: true,
      userAgent: text(
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      ),
      ipPrefix: text('203.0.113.0/24'),
      createdAt: NOW - 40 * DAY,
      seenAt: NOW - 30,
    },
    {
      id: text('s2'),
      current: false,
      userAgent: text(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1',
      ),
      ipPrefix: text('198.51.100.0/24'),
      createdAt: NOW - 12 * DAY,
      seenAt: NOW - 7200,
    },
    {
      id: text('s3'),
      current: false,
      userAgent: text('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'),
      ipPrefix: text('2001:db8:7::/64'),
      createdAt: NOW - 80 * DAY,
      seenAt: NOW - 20 * DAY,
    },
  ];
  const connected: pages.ConnectedApp[] = [
    {
      app,
      connectedAt: NOW - 61 * DAY,
      dataAccessUntil: NOW + 29 * DAY,
      permissions: [
        { name: 'public_profile', revocable: false },
        { name: 'email', revocable: true },
        { name: 'pages_manage_posts', revocable: true, pages: [text('Café Lindqvist'), text('Gothenburg Runners')] },
      ],
      choice: { pages: list, all: false },
    },
    {
      app: { id: text('77'), name: text('Quizmaster'), owner: null, privacyUrl: text('https://quiz.example/p') },
      connectedAt: NOW - 200 * DAY,
      dataAccessUntil: NOW - 110 * DAY,
      permissions: [{ name: 'public_profile', revocable: false }],
    },
  ];
  const requests = [
    {
      app,
      askedAt: NOW - DAY,
      state: 'confirmed',
      url: text('https://fjordbook.example/deletion?id=ab12'),
      code: text('ab12'),
    },
    { app: { id: text('77'), name: text('Quizmaster') }, askedAt: NOW, state: 'asked' },
    {
      app: { id: text('78'), name: text('Old Quiz') },
      askedAt: NOW - 3 * DAY,
      state: 'failed',
      contact: text('hello@quiz.example'),
    },
    {
      app: { id: text('79'), name: text('Older Quiz') },
      askedAt: NOW - 3 * DAY,
      state: 'failed',
      instructions: text('https://quiz.example/delete'),
    },
  ] as const;
  return [
    of(
      'newPage',
      'new-page',
      pages.newPage({ ...account, form, errors: { name: 'name_missing' }, values: { category: text('Bakery') } }),
    ),
    of('newPage', 'new-page-too-many', pages.newPage({ ...account, form, tooMany: true })),
    of(
      'pageMade',
      'page-made',
      pages.pageMade({ ...account, page: { id: '350000000000001', name: text('Harbour Café') } }),
    ),
    of('home', 'home', pages.home({ ...account, apps: 2, sessions: 3 })),
    of(
      'home',
      'home-new',
      pages.home({
        ...account,
        platform: { ...platform, emulator: true },
        withConsole: false,
        apps: 0,
        sessions: 1,
        done: 'account_confirmed',
      }),
    ),
    of('twoFactor', 'two-factor-off', pages.twoFactor({ ...account, form, errors: { password: 'wrong' } })),
    of(
      'twoFactor',
      'two-factor-on',
      pages.twoFactor({ ...account, form, recoveryCodes: 2, errors: { code: 'wrong' } }),
    ),
    of(
      'twoFactorSetUp',
      'two-factor-set-up',
      pages.twoFactorSetUp({
        ...account,
        form,
        picture: { size: 3, path: 'M0 0h1v1h-1z' },
        key: 'JBSWY3DPEHPK3PXP',
        error: 'wrong',
      }),
    ),
    of(
      'recoveryCodes',
      'recovery-codes',
      pages.recoveryCodes({ ...account, codes: ['abcde-fghjk', 'mnpqr-stuvw'], turnedOn: true }),
    ),
    of('changePassword', 'password', pages.changePassword({ ...account, form, reach: { devices: 2, apps: 1 } })),
    of(
      'changePassword',
      'password-errors',
      pages.changePassword({
        ...account,
        form,
        reach: { devices: 2, apps: 1 },
        errors: { password: 'wrong', new_password: 'too_common' },
      }),
    ),
    of(
      'sessions',
      'sessions',
      pages.sessions({
        ...account,
        apps: 2,
        sessions: sessionList,
        now: NOW,
        end: form,
        endOthers: form,
        endAll: form,
      }),
    ),
    of(
      'sessions',
      'sessions-one',
      pages.sessions({
        ...account,
        apps: 0,
        sessions: sessionList.slice(0, 1),
        now: NOW,
        end: form,
        endOthers: form,
        done: 'sessions_ended',
      }),
    ),
    of(
      'apps',
      'apps',
      pages.apps({
        ...account,
        apps: connected,
        now: NOW,
        revoke: form,
        choosePages: form,
        remove: form,
      }),
    ),
    of(
      'apps',
      'apps-open',
      pages.apps({
        ...account,
        apps: connected,
        now: NOW,
        revoke: form,
        choosePages: form,
        remove: form,
        open: app.id,
        done: 'permission_revoked',
      }),
    ),
    of(
      'apps',
      'apps-none',
      pages.apps({ ...account, apps: [], now: NOW, revoke: form, choosePages: form, remove: form }),
    ),
    of('deletions', 'deletions', pages.deletions({ ...account, requests })),
    of('deletions', 'deletions-none', pages.deletions({ ...account, requests: [] })),
    of('changeEmail', 'email', pages.changeEmail({ ...account, form, mails: true })),
    of(
      'changeEmail',
      'email-errors',
      pages.changeEmail({
        ...account,
        platform: { ...platform, colours: 'dark' },
        form,
        mails: false,
        typed: text('anna@'),
        errors: { email: 'not_valid', password: 'wrong' },
      }),
    ),
    of('secureAccount', 'secure-account', pages.secureAccount({ ...account, form, reach: { devices: 0, apps: 0 } })),
  ];
}
