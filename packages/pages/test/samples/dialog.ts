// These samples are views of the login dialog, in the states that look different.
import * as pages from '../../src/index.ts';
import { of, type Sample, type SampleCast } from './cast.ts';

export function dialogSamples({ text, path, platform, form, app, asked, list, dialog }: SampleCast): Sample[] {
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
  const ads: pages.AdAccountChoice[] = [
    { id: '1083562294710358', name: text('Café Lindqvist advertisements'), currency: 'EUR', chosen: true },
    { id: '1083562294710359', name: text('Nordlicht'), currency: 'CHF', chosen: false },
  ];
  const businesses = [
    { id: text('b1'), name: text('Lindqvist & Daughters') },
    { id: text('b2'), name: text('Nordlicht Trading') },
  ];
  return [
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
    ...(Object.keys(pages.blockedReasons) as pages.BlockedReason[]).map((reason) =>
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
    of('loginSuccess', 'desktop-success', pages.loginSuccess({ platform, outcome: 'success' })),
    of('loginSuccess', 'desktop-cancelled', pages.loginSuccess({ platform, outcome: 'cancelled' })),
    of('nativeReturn', 'native-return', pages.nativeReturn({ platform, app, outcome: 'success', form })),
    of('nativeReturn', 'native-return-cancelled', pages.nativeReturn({ platform, app, outcome: 'cancelled' })),
  ];
}
