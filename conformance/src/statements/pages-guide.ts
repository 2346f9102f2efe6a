// This table holds document 002, the Pages guide to User and Page access tokens: every statement, in order.
import type { StatementsOf } from './statement.ts';

export const pagesGuide = {
  '002:1': {
    says: 'This guide explains how to get User and Page access tokens.',
    nothingToTest: 'This is about the page.',
  },
  '002:2.1': {
    says: 'Use one of these methods to get a short-lived user token: (the list is lost) the Graph API Explorer …',
    inBrowser: 'The Explorer gives a user token that ends within an hour or two.',
  },
  '002:2.2': { says: '… or Facebook Login.' },
  '002:3': { says: 'These methods create a short-lived user token that is valid for 1 hour.' },
  '002:4': { says: 'You will need: (the list is lost) a valid short-lived token and app credentials.' },
  '002:5': { says: 'To get a long-lived user token, send a GET request to the /oauth/access_token endpoint.' },
  '002:7': { says: 'Replace APP-ID, APP-SECRET and SHORT-LIVED-USER-ACCESS-TOKEN with your information.' },
  '002:11': {
    says: 'curl … "grant_type=fb_exchange_token& client_id=APP-ID& …" (with spaces before the names)',
    call: '/oauth/access_token?grant_type=fb_exchange_token& client_id=APP-ID& client_secret=APP-SECRET& fb_exchange_token=SHORT-LIVED-USER-ACCESS-TOKEN',
  },
  '002:13': {
    says: 'The answer: {"access_token", "token_type": "bearer", "expires_in": SECONDS-UNTIL-TOKEN-EXPIRES}.',
    shows: { access_token: '<token>', token_type: 'bearer', expires_in: '<number>' },
  },
  '002:14': { says: 'This token is valid for 60 days.' },
  '002:15': { says: 'To get a Page token you need the MODERATE task on the Page.' },
  '002:16': { says: 'Send a GET request to /PAGE-ID using your user token.' },
  '002:18': { says: 'Replace PAGE-ID and USER-ACCESS-TOKEN with your information.' },
  '002:21': {
    says: 'curl … "/PAGE-ID? fields=access_token& access_token=USER-ACCESS-TOKEN" (with spaces)',
    call: '/PAGE-ID? fields=access_token& access_token=USER-ACCESS-TOKEN',
  },
  '002:23': { says: 'The answer: {"access_token", "id"}.', shows: { access_token: '<token>', id: '<id>' } },
  '002:25': { says: 'For the list you need the MANAGE task on the Page …' },
  '002:26': { says: '… and the page_show_list permission.' },
  '002:27': { says: 'To get the list of Pages and their tokens, send a GET request to /USER-ID/accounts.' },
  '002:29': { says: 'Replace USER-ID and USER-ACCESS-TOKEN with your information.' },
  '002:32': {
    says: 'curl … "/USER-ID/accounts? fields=name,access_token& access_token=USER-ACCESS-TOKEN" (with spaces)',
    call: '/USER-ID/accounts? fields=name,access_token& access_token=USER-ACCESS-TOKEN',
  },
  '002:34': {
    says: 'The answer: a list of {"name", "access_token", "id"}, three Pages of it printed.',
    shows: {
      data: [
        { name: 'Facebook Page 1', access_token: '<token>', id: '<id>' },
        { name: 'Facebook Page 2', access_token: '<token>', id: '<id>' },
        { name: 'Facebook Page 3', access_token: '<token>', id: '<id>' },
      ],
    },
  },
  '002:35.1': { says: 'All long-lived tokens may be invalidated before they expire, even non-expiring Page tokens.' },
  '002:35.2': { says: 'A token is invalidated if the user ends their session with the app …' },
  '002:35.3': { says: '… if the user no longer has a role on the app …' },
  '002:35.4': { says: '… or on the Page …' },
  '002:35.5': { says: '… or when a security issue has been detected.' },
  '002:36.1': { says: 'To invalidate a Page or user token, the person has to remove and then re-add the app.' },
  '002:36.2': { says: 'This will invalidate all access tokens created by that person for the app.' },
  '002:36.3': { says: 'Help articles describe how to remove an app from a user …' },
  '002:36.4': { says: '… or business.' },
  '002:37': { says: 'The app can then be re-added by getting a user token, or logging into the app.' },
} as const satisfies StatementsOf<'002'>;
