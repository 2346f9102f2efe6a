// Settings of the real App Dashboard that have nothing to govern here, each with the reason. What is neither in this table
// nor in app-settings.ts has a control of its own in the dashboard, as its test lists.

export const leftOutSettings: Readonly<Record<string, string>> = {
  'App icon':
    'An app is shown by the first letter of its name. No picture is loaded where a person decides, so no app can look like another one.',
  'Business verification':
    'Nobody is verified here, and nothing requires it: verification_status of a business says so.',
  GDPR: 'It tells the real platform that a law limits an app. Here, age and country limit it, and it would change nothing else.',
  'Social Discovery': 'It hides from stories and suggestions that someone uses an app. There are none here.',
  'Domain Manager':
    'It says which sites of an app the real mobile app may preload. There is no such app; domains are in App domains and Allowed Domains for the JavaScript SDK.',
  'App Page': 'It names a Page where people read about an app. No token, log-in or call depends on it.',
  'Business Manager / Ad accounts': 'A business has its apps and ad accounts in Business settings, and nowhere else.',
  'Share Redirect Domain Allowlist':
    'It says where the dialogs for sharing may lead afterwards. The one dialog here is that of the log-in, with Valid OAuth Redirect URIs.',
};
