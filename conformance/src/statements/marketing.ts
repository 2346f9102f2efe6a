// This table holds document 003, the Marketing API's authentication guide of 24 June 2026: every statement, in order.
import type { StatementsOf } from './statement.ts';

const link = 'A link to another page.';

export const marketing = {
  '003:1': { says: 'Appearance; Authentication; updated on 24 June 2026.', nothingToTest: 'This is about the page.' },
  '003:4': { says: 'Every Marketing API call requires an access token as a parameter.' },
  '003:5': { says: 'See Access Tokens for Meta Technologies.', nothingToTest: link },
  '003:9.1': {
    says: 'You can get a user token using the Graph API Explorer.',
    inBrowser: 'The Explorer is a page for everybody with a role on an app.',
  },
  '003:9.2': { says: 'See the Graph API Explorer Guide.', nothingToTest: link },
  '003:10': {
    says: 'In the field Meta App, select an app.',
    inBrowser: 'The field *Meta App* holds the apps of the person.',
  },
  '003:11': {
    says: 'In the field User or Page, select User Token.',
    inBrowser: 'The field *User or Page* holds *User Token*.',
  },
  '003:12': {
    says: 'Add the permissions you need, for example ads_read or ads_management.',
    inBrowser: 'The list of permissions is searched and `ads_read` is added.',
  },
  '003:13.1': {
    says: 'Click Generate Access Token.',
    inBrowser: '*Generate Access Token* opens the real dialog, which asks for the permission.',
  },
  '003:13.2': {
    says: 'The box on top of the button displays the token; store it for later use.',
    inBrowser: 'The box holds a token that works.',
  },
  '003:15.1': {
    says: 'Click the information icon to open the Access Token Info table.',
    inBrowser: 'The information icon opens the table *Access Token Info*, with app and permissions.',
  },
  '003:15.2': {
    says: 'Click Open in Access Token Tool to go to the Access Token Debugger.',
    inBrowser: '*Open in Access Token Tool* leads to the Debugger.',
  },
  '003:17': { says: 'While debugging you can check the App ID.' },
  '003:18.1': { says: '… Expires: a time stamp.' },
  '003:18.2': { says: 'A short-lived token expires in an hour or two.' },
  '003:19': { says: '… Scopes: contains the permissions added.' },
  '003:21': {
    says: 'Paste your token in the Access Token Debugger and click Debug.',
    inBrowser: 'A token that is pasted is shown with its app after *Debug*.',
  },
  '003:22': { says: 'Click Extend Access Token to get a long-lived token.' },
  '003:23.1': {
    says: 'Check your new token’s properties using the Access Token Debugger.',
    inBrowser: '*Extend Access Token* gives a token that the Debugger shows with its later end.',
  },
  '003:23.2': { says: 'It should have a longer expiration time, such as “60 days” …' },
  '003:23.3': { says: '… or “Never” under Expires.' },
  '003:23.4': { says: 'See Long-Lived Access Token.', nothingToTest: link },
  '003:25.1': {
    says: 'A system user token is associated with a system user account, created to manage assets and call the Marketing API.',
  },
  '003:25.2': { says: 'It is useful where there is no user present to authenticate.' },
  '003:25.3': { says: 'It performs actions on behalf of the business, such as managing ad campaigns.' },
  '003:26.1': { says: 'It does not expire, so it can be used in long-running scripts or services.' },
  '003:26.2': { says: 'System user accounts are not tied to a specific individual.' },
  '003:27': { says: 'System user tokens are less likely to be invalidated than long-lived user tokens.' },
  '003:28': { says: 'See System Users.', nothingToTest: link },
  '003:30': {
    says: 'After the owner of an ad account clicks Allow they are redirected to redirect_uri with an authorization code.',
  },
  '003:31.1': { says: 'http://YOUR_URL?code=<AUTHORIZATION_CODE>' },
  '003:31.2': { says: 'Build a URL with the token endpoint, your app id, your URL, your secret and the code.' },
  '003:32': {
    says: '/v25.0/oauth/access_token?client_id&redirect_uri&client_secret&code',
    call: '/v25.0/oauth/access_token?client_id=<YOUR_APP_ID>&redirect_uri=<YOUR_URL>&client_secret=<YOUR_APP_SECRET>&code=<AUTHORIZATION_CODE>',
  },
  '003:36': { says: 'The API response should contain the generated access token.' },
  '003:37': { says: 'If you follow the server-side authentication flow, you get a persistent token.' },
  '003:38.1': {
    says: 'If you follow the client-side flow, you get a token with a finite validity of about one to two hours.',
  },
  '003:38.2': {
    says: 'This short-lived token can be exchanged for a persistent token by the endpoint for extending tokens.',
  },
  '003:39': { says: 'If a system user of a business invokes the API, you can use a system user token.' },
  '003:40.1': {
    says: 'You can debug the token, check for expiration and validate the permissions by the Access Token Debugger …',
    inBrowser: 'The Debugger shows whether the token is valid, when it expires, and its permissions.',
  },
  '003:40.2': { says: '… or the programmatic validation API.' },
  '003:42.1': { says: 'Your token should be safely stored in your database.' },
  '003:42.2': { says: 'Always move tokens between your client and server securely over HTTPS.' },
  '003:42.3': { says: 'Read more about the implications of moving tokens.', nothingToTest: link },
  '003:43.1': { says: 'You should regularly check for validity of the token …' },
  '003:43.2': { says: '… and, if necessary, prompt for permissions renewal.' },
  '003:43.3': { says: 'Even a persistent token can become invalid:' },
  '003:44': { says: '… a password changes …' },
  '003:45': { says: '… a user revokes permissions.' },
  '003:46.1': { says: 'Your app should expect to have a flow to re-request permission from users.' },
  '003:46.2': { says: 'Check the validity of the user token when they start your app.' },
  '003:46.3': { says: 'If necessary, re-run the authentication flow to get an updated token.' },
  '003:47.1': {
    says: 'If re-running the flow is not possible, use a different way to prompt for permissions.',
  },
  '003:47.2': {
    says: 'Calls may not be triggered by a user interface, or come from scripts.',
    nothingToTest: 'When the previous advice applies.',
  },
  '003:47.3': { says: 'Send an email with instructions to prompt for permissions renewal.' },
  '003:49': { says: 'Adhere to the following best practices.', nothingToTest: 'The heading of the four that follow.' },
  '003:50': { says: 'Use HTTPS: always transmit tokens over secure connections.' },
  '003:51': { says: 'Store tokens securely, in encrypted databases.' },
  '003:52': { says: 'Limit token scope: request only the minimum necessary permissions.' },
  '003:53': { says: 'Implement token expiration: regularly refresh tokens.' },
} as const satisfies StatementsOf<'003'>;
