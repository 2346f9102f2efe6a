import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkRegistrable } from '../../apps/registrable.ts';
import { redirectVerdict } from './redirect-uri.ts';
import type { RedirectApp } from './redirect-app.ts';

interface Table {
  apps: Record<
    string,
    {
      mode: RedirectApp['mode'];
      type: RedirectApp['type'];
      embedded_browser_login: boolean;
      native_login: boolean;
      sdk_domains?: string[];
      ios_suffixes?: string[];
      android_packages?: string[];
      registered: string[];
    }
  >;
  pairs: { id: string; app: string; requested: string; verdict: 'allow' | 'deny'; why: string }[];
}

const table = JSON.parse(
  readFileSync(new URL('../../../test/data/redirect-uris.json', import.meta.url), 'utf8'),
) as Table;
const installation = { wwwUrl: 'https://www.hall.example', staticUrl: 'https://static.hall.example' };
const OWN = '1000000000001';
const OTHER = '1000000000002';

function app(name: string, changes: Partial<RedirectApp> = {}): RedirectApp {
  const row = table.apps[name];
  assert.ok(row, `app ${name} is in the table`);
  return {
    id: OWN,
    mode: row.mode,
    type: row.type,
    registered: row.registered,
    embeddedBrowserLogin: row.embedded_browser_login,
    nativeLogin: row.native_login,
    iosSuffixes: row.ios_suffixes ?? [],
    androidPackages: row.android_packages ?? [],
    sdkDomains: row.sdk_domains ?? [],
    ...changes,
  };
}

function filledIn(text: string): string {
  return text
    .replaceAll('{APP_ID}', OWN)
    .replaceAll('{OTHER_APP_ID}', OTHER)
    .replaceAll('{WWW_URL}', installation.wwwUrl)
    .replaceAll('{STATIC_URL}', installation.staticUrl);
}

test('the table has all of its pairs', () => {
  assert.equal(table.pairs.length, 71);
});

for (const pair of table.pairs) {
  test(`${pair.id}: ${pair.app} ${pair.verdict}s ${JSON.stringify(pair.requested)} (${pair.why})`, () => {
    const verdict = redirectVerdict(filledIn(pair.requested), app(pair.app), installation);
    assert.equal(verdict.allow, pair.verdict === 'allow', verdict.why);
  });
}

test('the forms of allowed addresses are told apart, and the relay names its one origin', () => {
  const formOf = (id: string) => {
    const pair = table.pairs.find((one) => one.id === id);
    assert.ok(pair);
    return redirectVerdict(filledIn(pair.requested), app(pair.app), installation);
  };
  assert.deepEqual(
    ['RU-01', 'RU-46', 'RU-50', 'RU-54', 'RU-56', 'RU-64'].map((id) => formOf(id).form),
    ['web', 'localhost', 'loopback', 'native', 'desktop', 'relay'],
  );
  assert.equal(formOf('RU-64').origin, 'https://app.example');
});

test('a state value cannot hide a fragment behind itself', () => {
  assert.equal(redirectVerdict('https://app.example/cb?state=abc#frag', app('LIVE'), installation).allow, false);
  assert.equal(redirectVerdict('https://app.example/cb?state=abc&', app('LIVE'), installation).allow, false);
});

test('an app that went live no longer redirects to plain http that it listed before', () => {
  const registered = ['http://localhost:3000/cb'];
  assert.equal(redirectVerdict('http://localhost:3000/cb', app('DEV', { registered }), installation).allow, true);
  assert.equal(redirectVerdict('http://localhost:3000/cb', app('LIVE', { registered }), installation).allow, false);
});

test('a live app with Enforce HTTPS switched off redirects to the http addresses it listed, and to no other', () => {
  const live = app('LIVE', { registered: ['http://localhost:3000/cb'], enforceHttps: false });
  assert.equal(redirectVerdict('http://localhost:3000/cb', live, installation).allow, true);
  assert.equal(redirectVerdict('http://localhost:3000/cb?x=1', live, installation).allow, false);
  assert.equal(redirectVerdict('http://localhost:3001/cb', live, installation).allow, false);
});

test('a scheme suffix of digits never turns the scheme into that of another app', () => {
  const verdict = redirectVerdict(
    `fb${OWN}42://authorize`,
    app('NATIVE', { iosSuffixes: ['42', 'kids'] }),
    installation,
  );
  assert.equal(verdict.allow, false);
});

test('a loopback port is a number of at most 65535 without zeros in front', () => {
  const allowed = (uri: string) => redirectVerdict(uri, app('NATIVE'), installation).allow;
  assert.deepEqual(
    ['1', '65535', '65536', '0', '080', ''].map((port) => allowed(`http://[::1]:${port}/cb`)),
    [true, true, false, false, false, false],
  );
});

test('only canonical addresses can be registered, and the reason says what is wrong', () => {
  for (const good of [
    'https://app.example/cb',
    'https://app.example/cb2?x=1&y=//2',
    'http://localhost:3000/cb',
    'http://127.0.0.1/cb',
    'http://[::1]/cb',
    'https://app.example/',
  ]) {
    assert.deepEqual(checkRegistrable(good), { ok: true });
  }
  const bad = [
    'https://app.example',
    'https://APP.example/',
    'HTTPS://app.example/',
    'https://app.example:443/',
    'http://app.example/',
    'https://u@app.example/',
    'https://app.example/#',
    'https://app.example/a\\b',
    'https://app.example/*',
    'https://app.example//cb',
    'https://app.example/a/../cb',
    'https://app.example/%2E%2e/cb',
    'https://app.example/a%2Fb',
    'https://app.example/a%00',
    'https://app.example/a%0D%0Ab',
    'https://app.example/ cb',
    'https://аpp.example/',
    '/cb',
    '//app.example/',
    'javascript:alert(1)',
    'data:,x',
    'fb123://authorize',
    'http://localhost.evil.example/',
    'http://127.0.0.2/',
    `https://app.example/${'a'.repeat(2000)}`,
  ];
  for (const uri of bad) {
    const verdict = checkRegistrable(uri);
    assert.equal(verdict.ok, false, uri);
    assert.match(verdict.ok ? '' : verdict.reason, /\.$|^It is not in its plain form/);
  }
});

/**
 * The rules once more, written from the text alone and as plainly as possible; slow and without sharing anything with
 * the product.
 */
function oracle(requested: string, name: string): boolean {
  const one = app(name);
  if ([...requested].some((character) => character < '!' || character > '~') || requested.length > 2000) return false;
  const strip = (uri: string) => {
    const found = uri.match(/[?&]state=[^&#]*/g) ?? [];
    if (found.length !== 1 || !uri.includes('?') || uri.indexOf(found[0] ?? '') < uri.indexOf('?')) return uri;
    const [start, rest] = uri.split(found[0] ?? '');
    if (found[0]?.startsWith('?')) return rest?.startsWith('&') ? `${start}?${rest.slice(1)}` : `${start}${rest}`;
    return `${start}${rest}`;
  };
  const plain = !requested.includes('#');
  if (
    plain &&
    one.registered.some((entry) => strip(entry) === strip(requested)) &&
    (one.mode === 'development' || requested.startsWith('https:'))
  )
    return true;
  if (
    plain &&
    one.mode === 'development' &&
    /^http:\/\/localhost(:[0-9]+)?\//.test(requested) &&
    checkRegistrable(requested).ok
  )
    return true;
  if (one.type === 'native') {
    const free = strip(requested).replace(
      /^(http:\/\/(?:127\.0\.0\.1|\[::1\])):([1-9][0-9]*)(?=\/)/,
      (all, host: string, port: string) => (Number(port) < 65536 ? host : all),
    );
    if (plain && free.startsWith('http://') && !free.startsWith('http://localhost') && one.registered.includes(free))
      return true;
    for (const suffix of ['', ...one.iosSuffixes])
      for (const end of ['', '/']) if (requested === `fb${OWN}${suffix}://authorize${end}`) return true;
    if (
      ['success', 'cancel', 'chrome_os_success', 'cct.com.example.app'].some(
        (target) => requested === `fbconnect://${target}`,
      )
    )
      return true;
    if (one.embeddedBrowserLogin && requested === `${installation.wwwUrl}/connect/login_success.html`) return true;
  }
  const [before = '', after, extra] = requested.split('#');
  if (
    after === undefined ||
    extra !== undefined ||
    !/^https:\/\/static\.hall\.example\/x\/connect\/xd_arbiter\/\?version=[0-9]{1,4}$/.test(before)
  )
    return false;
  const pairs = after.split('&').map((pair) => [pair.split('=')[0], pair.split('=').slice(1).join('=')] as const);
  if (
    pairs
      .map(([key]) => key)
      .sort()
      .join() !== 'cb,domain,frame,is_canvas,origin,relation'
  )
    return false;
  try {
    const values = Object.fromEntries(pairs.map(([key, value]) => [key, decodeURIComponent(value)]));
    const origin = /^https:\/\/([^/:@]+)\/[\w.-]+$/.exec(values.origin ?? '');
    // Only the origin holds what is escaped; what the relay page hands on as it came is a plain name.
    const plainly = pairs.every(([key, value]) => key === 'origin' || value === values[key ?? '']);
    const named = [values.cb, values.frame].every((value) => /^[A-Za-z0-9_-]{1,64}$/.test(value ?? ''));
    const words =
      ['true', 'false'].includes(values.is_canvas ?? '') && ['opener', 'parent'].includes(values.relation ?? '');
    return plainly && named && words && one.sdkDomains.includes(origin?.[1] ?? '') && values.domain === origin?.[1];
  } catch {
    return false;
  }
}

test('10,000 mutated addresses get the verdict that a second reading of the rules gives', () => {
  const pieces = [
    '/',
    '?',
    '&',
    '#',
    '=',
    '.',
    ':',
    '@',
    '\\',
    '%2f',
    '%2e',
    '%00',
    ' ',
    'x',
    'A',
    'state=',
    '&state=q',
    '?state=q',
    ':443',
    ':8080',
    '//',
    '/..',
    'evil.example',
    '*',
    '0',
  ];
  const start = fc.constantFrom(...table.pairs.map((pair) => filledIn(pair.requested)));
  const edit = fc.record({ at: fc.nat(200), drop: fc.constantFrom(0, 0, 1, 2), piece: fc.constantFrom(...pieces, '') });
  const name = fc.constantFrom('LIVE', 'DEV', 'NATIVE');
  let allowed = 0;
  fc.assert(
    fc.property(start, fc.array(edit, { maxLength: 2 }), name, (uri, edits, which) => {
      let text = uri;
      for (const { at, drop, piece } of edits) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + piece + text.slice(place + drop);
      }
      const verdict = redirectVerdict(text, app(which), installation);
      if (verdict.allow) allowed += 1;
      assert.equal(verdict.allow, oracle(text, which), `${which} ${text}: ${verdict.why}`);
    }),
    { numRuns: 10_000, seed: 71 },
  );
  assert.ok(allowed > 300, `only ${allowed} of the cases were allowed ones`);
});
