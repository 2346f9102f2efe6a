// `hallpass browser`: Chromium meets the pages of Hallpass under the names of Meta, and nobody else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hallpass } from './command.ts';

const headless = ['--', '--headless=new', '--no-sandbox', '--disable-gpu', '--dump-dom'];

test('a browser shows the dialog under the name of Meta, with a certificate that it trusts', async () => {
  const dialog =
    'https://www.facebook.com/v25.0/dialog/oauth?client_id=1384720956120447&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F';
  const { code, out } = await hallpass(['browser', '--program', '/usr/bin/chromium', dialog, ...headless]);
  assert.equal(code, 0);
  assert.match(out, /<input[^>]+name="email"/);
  assert.match(out, /Fern Scheduler/);
});

test('EM-02: a browser reaches no other host', async () => {
  const { out } = await hallpass(['browser', '--program', '/usr/bin/chromium', 'https://example.org/', ...headless]);
  assert.doesNotMatch(out, /Example Domain/);
});

test('a browser that is not there is told', async () => {
  const { code, err } = await hallpass(['browser', 'https://www.facebook.com/'], { env: { PATH: '/nowhere' } });
  assert.equal(code, 3);
  assert.match(err, /^No Chromium, Chrome or Edge was found/);
});
