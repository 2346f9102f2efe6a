// The tests of the app, by vitest and supertest, run by `hallpass exec -- npm test`. People of the world log in, and its
// clock moves, by the control interface of the emulator.
import request from 'supertest';
import { beforeEach, expect, test } from 'vitest';
import { createApp } from './server.js';

const {
  APP_ID: appId,
  APP_SECRET: appSecret,
  HALLPASS_EMULATOR_URL: emulator,
  HALLPASS_CONTROL_TOKEN: control,
} = process.env;
const callbackURL = 'http://localhost:3000/auth/facebook/callback';

async function order(call, args = {}) {
  const response = await fetch(`${emulator}/_/emulator/${call}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${control}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
}

let browser;
beforeEach(async () => {
  await order('reset');
  browser = request.agent(createApp({ appId, appSecret, callbackURL, sessionSecret: 'of these tests' }));
});

/** The person goes from the app to the dialog, decides, and comes back. */
async function logIn(choices = {}) {
  const { headers } = await browser.get('/auth/facebook').expect(302);
  const { url } = await order('log-in', { person: 'Ana', url: headers.location, ...choices });
  return browser.get(url.replace('http://localhost:3000', ''));
}

test('a person who logs in is greeted by name', async () => {
  await logIn();
  const { text } = await browser.get('/').expect(200);
  expect(text).toBe('Hello Ana Maria Lopes');
});

test('a person who cancels is asked again', async () => {
  const { headers } = await logIn({ cancel: true });
  expect(headers.location).toBe('/welcome');
});

test('a code that comes a second time leads back to the welcome page', async () => {
  const { request: first } = await logIn();
  const { headers } = await browser.get(new URL(first.url).pathname + new URL(first.url).search);
  expect(headers.location).toBe('/welcome');
});

test('when the token has expired, the person logs in again', async () => {
  await logIn();
  await order('clock', { advance: '61d' });
  const { headers } = await browser.get('/').expect(302);
  expect(headers.location).toBe('/auth/facebook');
});

test('when the Graph is away, the page says so', async () => {
  await logIn();
  await order('faults', { step: 'graph.authorised', error: 'server.away' });
  await browser.get('/').expect(503);
});
