// These samples are every view with props, once as people know them and, for tests, with any text in place of the words
// that come from outside.
import * as pages from '../src/index.ts';
import { blockedReasons } from '../src/index.ts';
import { vaultSpeechOf } from '../src/views/vault/words/words.ts';

export interface Sample {
  /** File name in the gallery. */
  name: string;
  /** Name of the exported view. */
  view: string;
  html: string;
}

/** Gives the text for a name, an address or a path: the one it is called with, or a hostile one. */
type Text = (usual: string) => string;

const NOW = 1795219200;
const DAY = 86400;

/**
 * All views, in the states that look different. `text` is asked for every name and address, `path` for everything that
 * becomes a link of ours.
 */
export function samples(text: Text = (usual) => usual, path: Text = (usual) => usual): Sample[] {
  const platform = { name: text('Hallpass'), emulator: false };
  const hidden = { csrf: text('c5rf'), interaction: text('1nteraction') };
  const form = { action: path('/dialog/oauth/confirm'), hidden };
  const notYou = { action: path('/dialog/oauth/switch'), hidden };
  const app: pages.AppIdentity = {
    id: text('1203948576102938'),
    name: text('Fjordbook'),
    owner: text('Nordlicht Studio'),
    privacyUrl: text('https://fjordbook.example/privacy'),
    termsUrl: text('https://fjordbook.example/terms'),
  };
  const person: pages.Person = {
    id: text('100000000000011'),
    name: text('Anna Lindqvist'),
    firstName: text('Anna'),
    email: text('anna@example.com'),
  };
  const account = { platform, person, withConsole: true, logOut: { action: path('/logout.php'), hidden } };
  const asked: pages.PermissionRow[] = [
    { name: 'public_profile' },
    { name: 'email' },
    { name: 'user_birthday' },
    { name: 'pages_show_list' },
    { name: 'pages_manage_posts' },
  ];
  const list: pages.PageChoice[] = [
    {
      id: text('2100'),
      name: text('Café Lindqvist'),
      category: text('Coffee shop'),
      tasks: ['MANAGE', 'CREATE_CONTENT', 'MODERATE', 'MESSAGING', 'ADVERTISE', 'ANALYZE'],
      chosen: true,
    },
    {
      id: text('2101'),
      name: text('Gothenburg Runners'),
      category: text('Sports club'),
      tasks: ['CREATE_CONTENT', 'MODERATE'],
      chosen: true,
    },
    { id: text('2102'), name: text('Harbour Market'), tasks: ['ANALYZE'], chosen: false },
  ];
  const many = Array.from(
    { length: 30 },
    (_, at): pages.PageChoice => ({
      id: text(`${2200 + at}`),
      name: text(`Runners ${at + 1} of Göteborg`),
      category: text('Sports club'),
      tasks: at === 4 ? ['ANALYZE'] : ['CREATE_CONTENT', 'MODERATE'],
      chosen: at % 3 === 0,
    }),
  );
  const dialog = { platform, app, person, form, notYou };
  const device = { platform, app, person, form, notYou, code: text('BCDFGHJK'), now: NOW };
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
  const newAccount = { name: text('Anna Lindqvist'), email: text('anna@example'), birthday: text('2001-02-03') };

  const ads: pages.AdAccountChoice[] = [
    { id: '1083562294710358', name: text('Café Lindqvist advertisements'), currency: 'EUR', chosen: true },
    { id: '1083562294710359', name: text('Nordlicht'), currency: 'CHF', chosen: false },
  ];
  const businesses = [
    { id: text('b1'), name: text('Lindqvist & Daughters') },
    { id: text('b2'), name: text('Nordlicht Trading') },
  ];
  const of = (view: string, name: string, html: string): Sample => ({ view, name, html });
  return [
    of('logIn', 'log-in', pages.logIn({ platform, form, signUp: path('/signup') })),
    of('logIn', 'log-in-app', pages.logIn({ platform, form, app, signUp: path('/signup') })),
    of('logIn', 'log-in-wrong', pages.logIn({ platform, form, app, error: 'wrong', email: text('anna@example.com') })),
    of(
      'logIn',
      'log-in-expired',
      pages.logIn({
        platform: { ...platform, emulator: true },
        form,
        error: 'expired',
        email: text('anna@example.com'),
      }),
    ),
    of('signUp', 'sign-up', pages.signUp({ platform, form, logIn: path('/login') })),
    of(
      'signUp',
      'sign-up-errors',
      pages.signUp({
        platform,
        form,
        app,
        logIn: path('/login'),
        values: newAccount,
        errors: { email: 'not_valid', password: 'too_short', birthday: 'future' },
      }),
    ),
    of('signUp', 'sign-up-invited', pages.signUp({ platform, form, logIn: path('/login'), purpose: 'invitation' })),
    of('logIn', 'log-in-forgot', pages.logIn({ platform, form, forgot: path('/forgot'), purpose: 'device' })),
    of('logIn', 'log-in-too-many', pages.logIn({ platform, form, error: 'too_many', retryAfter: 840 })),
    of('forgotPassword', 'forgot', pages.forgotPassword({ platform, form, logIn: path('/login') })),
    of(
      'forgotPassword',
      'forgot-missing',
      pages.forgotPassword({ platform, form, email: text('anna@'), missing: true, logIn: path('/login') }),
    ),
    of('forgotPassword', 'forgot-no-mail', pages.forgotPassword({ platform, logIn: path('/login') })),
    of('resetMailed', 'reset-mailed', pages.resetMailed({ platform, logIn: path('/login') })),
    of(
      'resetMailed',
      'reset-mail-shown',
      pages.resetMailed({
        platform,
        logIn: path('/login'),
        link: path('/reset?key=abc'),
      }),
    ),
    of(
      'resetPassword',
      'reset-password',
      pages.resetPassword({ platform, form, email: text('anna@example.com'), error: 'too_short' }),
    ),
    of(
      'sessionEnded',
      'session-ended',
      pages.sessionEnded({
        platform,
        typed: [
          { name: 'name', label: pages.newPageLabels.name, value: text('Corner Bakery') },
          { name: 'category', label: pages.newPageLabels.category, value: text('Bakery') },
        ],
        kept: true,
        next: path('/login?next=%2Fpages%2Fcreate'),
        signedIn: false,
        reference: 'abc',
      }),
    ),
    of(
      'sessionEnded',
      'session-ended-signed-in',
      pages.sessionEnded({
        platform: { ...platform, colours: 'dark' },
        typed: [{ name: 'name', label: pages.newPageLabels.name, value: text('Corner Bakery') }],
        kept: false,
        next: path('/pages/create'),
        signedIn: true,
        reference: 'abc',
      }),
    ),
    of(
      'sessionEnded',
      'session-ended-nothing-typed',
      pages.sessionEnded({ platform, typed: [], kept: false, next: path('/login'), signedIn: false, reference: 'abc' }),
    ),
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
    of('reauthenticate', 'reauthenticate-app', pages.reauthenticate(dialog)),
    of('reauthenticate', 'reauthenticate-settings', pages.reauthenticate({ platform, form, person, error: 'wrong' })),
    of(
      'consent',
      'consent',
      pages.consent({ ...dialog, asked, pagesFollow: true, returnsTo: text('fjordbook.example') }),
    ),
    of(
      'consent',
      'consent-again',
      pages.consent({
        ...dialog,
        app: { ...app, development: true },
        asked: [
          { name: 'user_birthday', declinedBefore: true },
          { name: 'user_likes', expiredBefore: true },
        ],
        granted: ['public_profile', 'email', 'pages_show_list'],
      }),
    ),
    of(
      'consent',
      'consent-all',
      pages.consent({ ...dialog, asked: asked.slice(0, 2), choice: 'all', app: { id: text('9'), name: text('Bare') } }),
    ),
    of(
      'consent',
      'consent-business',
      pages.consent({ ...dialog, asked: asked.slice(0, 2), choice: 'all', ofBusiness: true }),
    ),
    of('chooseBusiness', 'choose-business', pages.chooseBusiness({ ...dialog, businesses: [...businesses] })),
    of('chooseBusiness', 'choose-business-none', pages.chooseBusiness({ ...dialog, businesses: [] })),
    of(
      'chooseBusiness',
      'choose-business-name',
      pages.chooseBusiness({ ...dialog, businesses: [...businesses], error: 'name' }),
    ),
    of(
      'chooseBusiness',
      'choose-business-cannot',
      pages.chooseBusiness({ ...dialog, businesses: [], cannotCreate: true, error: 'none' }),
    ),
    of(
      'choosePages',
      'choose-pages-business',
      pages.choosePages({ ...dialog, pages: list, business: text('Lindqvist & Daughters') }),
    ),
    of(
      'choosePages',
      'choose-pages-business-none',
      pages.choosePages({ ...dialog, pages: [], business: text('Lindqvist & Daughters') }),
    ),
    of(
      'choosePages',
      'choose-pages-ad-accounts',
      pages.choosePages({
        ...dialog,
        pages: list,
        adAccounts: ads,
        business: text('Lindqvist & Daughters'),
        permissions: ['ads_read'],
      }),
    ),
    of(
      'choosePages',
      'choose-ad-accounts',
      pages.choosePages({ ...dialog, adAccounts: ads, business: text('Lindqvist & Daughters') }),
    ),
    of(
      'choosePages',
      'choose-ad-accounts-none',
      pages.choosePages({ ...dialog, pages: list, adAccounts: [], business: text('Lindqvist & Daughters') }),
    ),
    of(
      'choosePages',
      'choose-pages',
      pages.choosePages({ ...dialog, pages: list, permissions: ['pages_show_list', 'pages_manage_posts'] }),
    ),
    of(
      'choosePages',
      'choose-pages-many',
      pages.choosePages({ ...dialog, pages: many, permissions: ['pages_show_list', 'pages_manage_posts'] }),
    ),
    of(
      'choosePages',
      'choose-pages-filtered',
      pages.choosePages({ ...dialog, pages: many, list: { filter: text('rUNNERS 1'), pressed: 'tick_none' } }),
    ),
    of('choosePages', 'choose-pages-all', pages.choosePages({ ...dialog, pages: list, all: true })),
    of('choosePages', 'choose-pages-none', pages.choosePages({ ...dialog, pages: [] })),
    of('choosePages', 'choose-pages-error', pages.choosePages({ ...dialog, pages: list, error: 'none' })),
    of(
      'alreadyConnected',
      'already-connected',
      pages.alreadyConnected({ ...dialog, granted: ['public_profile', 'email'], canChoosePages: true }),
    ),
    of(
      'alreadyConnected',
      'already-connected-pages',
      pages.alreadyConnected({
        ...dialog,
        granted: ['pages_show_list'],
        canChoosePages: true,
        others: [text('Harbour Market')],
      }),
    ),
    of(
      'alreadyConnected',
      'already-connected-data',
      pages.alreadyConnected({ ...dialog, granted: ['public_profile'], why: 'data_access' }),
    ),
    ...(Object.keys(blockedReasons) as pages.BlockedReason[]).map((reason) =>
      of(
        'blocked',
        `blocked-${reason}`,
        pages.blocked({
          platform,
          reason,
          home: path('/'),
          detail: { scopes: ['publish_actions', 'user_about_me'] },
          reference: text('A7OjVVCXwSdfp'),
        }),
      ),
    ),
    of('deviceCode', 'device-code', pages.deviceCode({ platform, person, form, notYou })),
    of(
      'deviceCode',
      'device-code-error',
      pages.deviceCode({ platform, person, form, notYou, code: text('BCDF-GHJK'), error: 'not_valid' }),
    ),
    of(
      'deviceConfirm',
      'device-confirm',
      pages.deviceConfirm({
        ...device,
        asked,
        granted: [],
        pages: list,
        request: { at: NOW - 130, ipPrefix: text('203.0.113.0/24'), device: text('Living room TV') },
        password: true,
      }),
    ),
    of(
      'deviceConfirm',
      'device-confirm-again',
      pages.deviceConfirm({
        ...device,
        asked: [],
        granted: ['public_profile', 'email'],
        request: { at: NOW - 5, ipPrefix: text('203.0.113.0/24') },
        error: 'not_started',
      }),
    ),
    of(
      'deviceDone',
      'device-approved',
      pages.deviceDone({ platform, app, outcome: 'approved', apps: path('/settings/apps') }),
    ),
    of(
      'deviceDone',
      'device-denied',
      pages.deviceDone({ platform, app, outcome: 'denied', apps: path('/settings/apps') }),
    ),
    of('loginSuccess', 'desktop-success', pages.loginSuccess({ platform, outcome: 'success' })),
    of('loginSuccess', 'desktop-cancelled', pages.loginSuccess({ platform, outcome: 'cancelled' })),
    of('nativeReturn', 'native-return', pages.nativeReturn({ platform, app, outcome: 'success', form })),
    of('nativeReturn', 'native-return-cancelled', pages.nativeReturn({ platform, app, outcome: 'cancelled' })),
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
    of('reauthenticate', 'reauthenticate-code', pages.reauthenticate({ ...dialog, code: true, error: 'code_wrong' })),
    of('logInCode', 'log-in-code', pages.logInCode({ platform, form, logIn: path('/login') })),
    of('logInCode', 'log-in-code-app', pages.logInCode({ platform, form, app, error: 'wrong' })),
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
    of(
      'invitation',
      'invitation',
      pages.invitation({
        platform,
        form,
        person,
        notYou,
        business: text('Lantern Trading'),
        inviter: text('Cleo Dupont'),
        role: 'EMPLOYEE',
      }),
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
    of('accountLocked', 'account-locked', pages.accountLocked({ platform, person, notYou })),
    of('checkpoint', 'checkpoint', pages.checkpoint({ platform, form, person, reason: 'asked', notYou })),
    of(
      'checkpoint',
      'checkpoint-new-password',
      pages.checkpoint({
        platform,
        form,
        person,
        reason: 'unusual',
        newPassword: true,
        error: 'wrong',
        newPasswordError: 'too_short',
      }),
    ),
    of('unconfirmed', 'unconfirmed', pages.unconfirmed({ platform, person, form, notYou })),
    of('unconfirmed', 'unconfirmed-waiting', pages.unconfirmed({ platform, person })),
    ...(['signed_out', 'password_reset', 'password_chosen', 'account_secured', 'sign_up_closed'] as const).map((key) =>
      of('message', `message-${key}`, pages.message({ platform, message: key, logIn: path('/login') })),
    ),
    ...(
      [
        'account_confirmed',
        'administrator_ready',
        'invitation_accepted',
        'invitation_declined',
        'not_found',
        'went_wrong',
      ] as const
    ).map((key) => of('message', `message-${key}`, pages.message({ platform, message: key, home: path('/') }))),
    ...(['not_set_up', 'done'] as const).map((key) =>
      of('message', `message-${key}`, pages.message({ platform, message: key })),
    ),
    ...(['invitation_not_yours', 'nothing_to_log_out'] as const).map((key) =>
      of(
        'message',
        `message-${key}`,
        pages.message({ platform, message: key, home: path('/'), me: { person, notYou } }),
      ),
    ),
    of('tooManyRequests', 'too-many-requests', pages.tooManyRequests({ platform, retryAfter: 840 })),
    of('serverAway', 'server-away', pages.serverAway({ platform, retryAfter: 5, again: path('/settings') })),
    of(
      'linkUnavailable',
      'link-test-user',
      pages.linkUnavailable({ platform, link: 'test_user', logIn: path('/login') }),
    ),
    of(
      'linkUnavailable',
      'link-administrator',
      pages.linkUnavailable({ platform, link: 'administrator', logIn: path('/login') }),
    ),
    of(
      'linkUnavailable',
      'link-password',
      pages.linkUnavailable({ platform, link: 'password', anew: path('/forgot'), logIn: path('/login') }),
    ),
    of('firstAdministrator', 'first-administrator', pages.firstAdministrator({ platform, form })),
    of(
      'firstAdministrator',
      'first-administrator-errors',
      pages.firstAdministrator({ platform, form, values: newAccount, errors: { name: 'missing' } }),
    ),
    ...['en', 'de']
      .map((tag) => vaultSpeechOf([tag]))
      .flatMap((speech) => [
        ...(['ended', 'ends', 'permission', 'anew'] as const).map((why) =>
          of(
            'reconnect',
            `reconnect-${why}-${speech.language}`,
            pages.reconnect({
              platform,
              speech,
              connection: { id: text('c1'), name: text('Café Lindqvist') },
              service: text('Facebook'),
              why,
              ...(why === 'ends' ? { until: { at: NOW + 7 * DAY, timeZone: 'Europe/Berlin' } } : {}),
              ...(why === 'anew' ? {} : { expected: text('Ann B.') }),
              pages: why === 'ended' ? list.map((page) => page.name) : [],
              missing: why === 'permission' ? [text('pages_manage_posts')] : [],
              form,
            }),
          ),
        ),
        ...(
          [
            'renewed',
            'connected',
            'used',
            'invalid',
            'blocked',
            'role',
            'operator',
            'gone',
            'cancelled',
            'other_person',
            'failed',
            'wait',
          ] as const satisfies readonly pages.OutcomeKey[]
        ).map((key) =>
          of(
            'outcome',
            `outcome-${key}-${speech.language}`,
            pages.outcome({
              platform,
              speech,
              outcome: key,
              connection: text('Café Lindqvist'),
              service: text('Facebook'),
              expected: text('Ann B.'),
              again: path('/reconnect/abc'),
            }),
          ),
        ),
        ...(['asked', 'out', 'in'] as const).map((state) =>
          of(
            'mailChoice',
            `mail-choice-${state}-${speech.language}`,
            pages.mailChoice({ platform, speech, address: text('ann@example.com'), state, form }),
          ),
        ),
      ]),
  ];
}
