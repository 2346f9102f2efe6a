// This table holds document 004, the earlier edition of the Marketing API's authentication guide: every statement, in
// order.
import type { StatementsOf } from './statement.ts';

const link = 'A link to another page.';

export const marketingEarlier = {
  '004:3.1': {
    says: 'Both Graph API and Marketing API calls require an access token to be passed as a parameter in each API call.',
  },
  '004:3.2': { says: 'The guide teaches how to get tokens for testing.', nothingToTest: 'This is about the page.' },
  '004:5': { says: 'See Access Tokens for Meta Technologies.', nothingToTest: link },
  '004:7': { says: 'This documentation will cover: (the list is lost)', nothingToTest: 'This is about the page.' },
  '004:11.1': {
    says: 'You can get a test user access token with Graph API Explorer.',
    inBrowser:
      'A tester of an app gets a token in the Explorer; tokens of test users are made on the page of test users.',
  },
  '004:11.2': { says: 'See the Graph API Explorer Guide.', nothingToTest: link },
  '004:15': { says: 'Go to Graph API Explorer.', inBrowser: 'The Explorer stands among the tools.' },
  '004:16': {
    says: 'In Facebook App, select an app.',
    inBrowser: 'The field is named *Meta App*, as in the later edition, and the app is chosen in it.',
  },
  '004:17': { says: 'In User or Page, select User Token.', inBrowser: '*User Token* is chosen in *User or Page*.' },
  '004:18': {
    says: 'Under Permissions, check ads_read.',
    inBrowser: '`ads_read` is chosen in the list of permissions.',
  },
  '004:19': {
    says: 'Click Generate Access Token; the box on top of the button is populated with it.',
    inBrowser: 'The box is empty before, and holds the token after *Generate Access Token*.',
  },
  '004:20': { says: 'Store that token for later use.', nothingToTest: 'The reader does this.' },
  '004:24.1': {
    says: 'Click the i button: a pop-up displays some basic information about the token.',
    inBrowser: 'The information icon opens a table about the token.',
  },
  '004:24.2': {
    says: 'Click Open in Access Token Tool to go to the Access Token Debugger.',
    inBrowser: '*Open in Access Token Tool* leads to the Debugger.',
  },
  '004:26': {
    says: 'You can also paste the token into the Access Token Debugger.',
    inBrowser: 'The token can be pasted there by hand.',
  },
  '004:30': { says: 'App ID: the app ID mentioned in the prerequisite section.' },
  '004:31': { says: 'Expires: a time stamp. A short-lived token expires in an hour or two.' },
  '004:32': { says: 'Scopes: contains the permissions added.' },
  '004:36': {
    says: 'Complete all steps to obtain the token using the Graph API Explorer.',
    inBrowser: 'The token from the steps above works.',
  },
  '004:37': {
    says: 'Copy your token and paste it into the Access Token Debugger.',
    inBrowser: 'It is pasted into the Debugger and shown.',
  },
  '004:38': { says: 'Scroll to the bottom of the page.', inBrowser: '*Extend Access Token* stands below the table.' },
  '004:39': { says: 'Click Extend Access Token to get a long-lived token.' },
  '004:41.1': {
    says: 'Check your new token’s properties using the Access Token Debugger.',
    inBrowser: 'The longer token is shown with its end.',
  },
  '004:41.2': { says: 'It should have a longer expiration time, such as 60 days, or Never under Expires.' },
  '004:41.3': { says: 'See Long-Lived Access Token.', nothingToTest: link },
  '004:45.1': {
    says: 'A system user token is associated with a system user account created for managing assets and calling Marketing API.',
  },
  '004:45.2': { says: 'It is useful where there is no user present to authenticate.' },
  '004:45.3': {
    says: 'It performs actions on behalf of the business: reading and writing business data, managing campaigns and ad objects.',
  },
  '004:47.1': { says: 'It does not expire, so it can be used in long-running scripts or services.' },
  '004:47.2': { says: 'System user accounts are not tied to a specific individual.' },
  '004:49': { says: 'System user tokens are less likely subject to invalidation than long-lived user tokens.' },
  '004:53': {
    says: 'If the user clicks Allow, they are redirected to a URL with redirect_uri and an authorization code.',
  },
  '004:55': { says: 'http://YOUR_URL?code=<AUTHORIZATION_CODE>' },
  '004:57': { says: 'Build a URL with the token endpoint, your app id, your URL, your secret and the code.' },
  '004:59': {
    says: '/<API_VERSION>/oauth/access_token?client_id&redirect_uri&client_secret&code',
    call: '/<API_VERSION>/oauth/access_token?client_id=<YOUR_APP_ID>&redirect_uri=<YOUR_URL>&client_secret=<YOUR_APP_SECRET>&code=<AUTHORIZATION_CODE>',
  },
  '004:65': { says: 'The response should contain the access token for the user.' },
  '004:67': { says: 'The server-side flow gives a persistent token.' },
  '004:68.1': { says: 'The client-side flow gives a token of one to two hours …' },
  '004:68.2': { says: '… which can be exchanged for a persistent token by the endpoint for extending tokens.' },
  '004:70': { says: 'If the API is invoked by a System User of a business, you can use a System User Access Token.' },
  '004:72.1': {
    says: 'You can debug the token, check for expiration and validate the permissions by the access token debugger …',
    inBrowser: 'The Debugger shows whether the token is valid, when it expires, and its permissions.',
  },
  '004:72.2': { says: '… or the programmatic validation API.' },
  '004:76.1': { says: 'The token should be safely stored in your database.' },
  '004:76.2': { says: 'Moving tokens must be done securely over HTTPS.' },
  '004:76.3': { says: 'Read more about the implications of moving tokens.', nothingToTest: link },
  '004:78.1': { says: 'You should regularly check for validity of the token …' },
  '004:78.2': { says: '… and if necessary prompt the user for permission.' },
  '004:78.3': { says: 'Even a persistent token can become invalid:' },
  '004:80': { says: '… the user’s password changes …' },
  '004:81': { says: '… the user revokes permissions.' },
  '004:83.1': { says: 'Your app should expect to have a flow to re-request permission from the user.' },
  '004:83.2': { says: 'When a user starts your web app, check the validity of the token you have for that user.' },
  '004:83.3': { says: 'If necessary, send them through the authentication flow to get an updated token.' },
  '004:85.1': {
    says: 'If this is not possible for your app, you may need a different way to prompt the user.',
  },
  '004:85.2': {
    says: 'Calls may not be triggered by a user interface, or come from scripts.',
    nothingToTest: 'When the previous advice applies.',
  },
  '004:85.3': { says: 'A possible solution is to send users an email with instructions.' },
} as const satisfies StatementsOf<'004'>;
