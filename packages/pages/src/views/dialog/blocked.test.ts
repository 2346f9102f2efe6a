import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textOf } from '../../../test/tags.ts';
import {
  type BlockedReason,
  blocked,
  blockedReasons,
  linkUnavailable,
  loginSuccess,
  message,
  serverAway,
  tooManyRequests,
} from '../../index.ts';

const platform = { name: 'Hallpass' };
const reasons = Object.keys(blockedReasons) as BlockedReason[];
const page = (reason: BlockedReason, more = {}): string => textOf(blocked({ platform, reason, home: '/', ...more }));

test('every reason has a title, a sentence for the person and one for the developer', () => {
  for (const reason of reasons) {
    const { title, person, developer } = blockedReasons[reason];
    for (const words of [title, person, developer]) assert.ok(page(reason).includes(words), reason);
  }
});

test('the reasons that developers know keep their names', () => {
  assert.equal(blockedReasons.redirect_uri.title, 'URL Blocked');
  assert.equal(blockedReasons.invalid_app_id.title, 'Invalid App ID');
  assert.equal(blockedReasons.invalid_scopes.title, 'Invalid Scopes');
  assert.equal(blockedReasons.app_not_active.title, 'App not active');
});

test('a developer reads where to change it', () => {
  assert.match(page('redirect_uri'), /Where: App dashboard → Login → Valid OAuth Redirect URIs/);
});

test('a developer reads how this installation changes the setting, and a stranger for whom that is shown', () => {
  assert.match(page('redirect_uri'), /log in as someone with a role on this app and open the link again/);
  const detail = { appId: '4001' };
  assert.match(page('https_required', { detail }), /hallpass app set 4001 enforce_https=…/);
  assert.match(
    page('redirect_uri', { detail, platform: { ...platform, emulator: true } }),
    /seed file: redirect_uris /,
  );
  assert.match(page('redirect_uri', { detail, withConsole: true }), /Open the app’s login settings/);
  assert.doesNotMatch(page('csrf', { detail }), /hallpass|log in as someone/);
});

test('WP-06: of what was sent only scopes, addresses and domains are repeated, and only where they have the form of one', () => {
  const scopes = ['ads_read', 'publish_actions', '<b>call 0800</b>', 'toString', 'call us now'];
  assert.match(
    page('invalid_scopes', { detail: { scopes } }),
    /Invalid Scopes: ads_read, publish_actions\. This message is only shown to developers/,
  );
  assert.doesNotMatch(page('invalid_scopes', { detail: { scopes } }), /0800|toString|call us/);
  assert.match(
    page('redirect_uri', {
      detail: { address: 'https://a.example/x', registered: 'https://a.example/', differs: 'the path' },
    }),
    /a\.example\/x .*the path/,
  );
  assert.doesNotMatch(page('redirect_uri', { detail: { address: 'https://a.example/ call 0800 now' } }), /0800/);
  assert.match(page('domain_not_listed', { detail: { domain: 'shop.example' } }), /shop\.example/);
});

test('WP-06: a reference is shown only in the form the server makes', () => {
  assert.match(page('csrf', { reference: 'A7OjVVCXwSdfp' }), /Reference: A7OjVVCXwSdfp/);
  assert.doesNotMatch(page('csrf', { reference: 'call 0800 now' }), /0800/);
});

test('a refused form is 403, a refused dialog 400', () => {
  assert.equal(blockedReasons.csrf.status, 403);
  assert.equal(blockedReasons.redirect_uri.status, 400);
});

test('the desktop page says success or cancelled, and warns about its address only where there is something in it', () => {
  assert.match(
    textOf(loginSuccess({ platform, outcome: 'success' })),
    /Success .* The address of this page is private/,
  );
  assert.match(textOf(loginSuccess({ platform, outcome: 'cancelled' })), /You cancelled Nothing was shared/);
  assert.doesNotMatch(textOf(loginSuccess({ platform, outcome: 'cancelled' })), /private/);
});

test('who must wait reads for how long', () => {
  assert.match(textOf(tooManyRequests({ platform, retryAfter: 840 })), /Try again in 14 minutes/);
  assert.match(textOf(serverAway({ platform, retryAfter: 5 })), /Nothing is lost\. Try again in 5 seconds/);
});

test('a dead link says how to get a new one', () => {
  assert.match(textOf(linkUnavailable({ platform, link: 'test_user', logIn: '/login' })), /login_url again/);
});

test('after logging out one can log in again', () => {
  assert.match(message({ platform, message: 'signed_out', logIn: '/login' }), /href="\/login"/);
});
