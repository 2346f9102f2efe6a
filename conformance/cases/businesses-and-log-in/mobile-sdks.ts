// These cases make every call of the table of the mobile SDKs, as the SDK makes it, and look at what it reads.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Case, citing } from '../../src/case.ts';
import { succeeded } from '../../src/expect.ts';
import { formFault, type JsonForm } from '../../src/json-form.ts';
import { type SdkCall, sdkCalls } from '../../src/mobile-sdk-calls.ts';
import { apps, worldWithApp } from '../../src/stage/cast.ts';
import { answerIn, dialog, openDialog } from '../../src/stage/deeds.ts';
import type { ConformanceWorld, Params, Reply } from '../../src/stage/world.ts';

const cited = { Android: citing('android sdk'), iOS: citing('ios sdk') };
const { phone } = apps;
const DAY = 86_400;
const verifier = 'v'.repeat(43);
const clientToken = `${phone.id}|${phone.clientToken}`;

const redirectOf = (call: SdkCall): readonly string[] | undefined =>
  typeof call.answer === 'object' && 'redirect' in call.answer && Array.isArray(call.answer.redirect)
    ? call.answer.redirect
    : undefined;

/** Everything that a dialog answers, in query and fragment. */
async function through(world: ConformanceWorld, params: Params, version = '/v21.0'): Promise<Map<string, string>> {
  const page = await openDialog(world.browser(), dialog(phone, { nonce: 'n-1', ...params }, version), 'ana');
  const { query, fragment } = answerIn(page);
  return new Map([...query, ...fragment]);
}

/** The values of the placeholders of a call, each made only where the call has it. */
async function filled(world: ConformanceWorld, call: SdkCall): Promise<(text: string) => string> {
  const text = JSON.stringify(call);
  const redirect_uri = call.params['redirect_uri']?.replace('{app-id}', phone.id) ?? `fb${phone.id}://authorize`;
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const answers = async (response_type: string, key: string, more: Params = {}): Promise<string> =>
    (await through(world, { redirect_uri, response_type, ...more })).get(key) ?? '';
  const proven = { code_challenge: challenge, code_challenge_method: 'S256' };
  const makers: Readonly<Record<string, () => string | Promise<string>>> = {
    '{app-id}': () => phone.id,
    '{challenge}': () => challenge,
    '{verifier}': () => verifier,
    '{thumbprint}': () => challenge,
    '{code}': () => answers('code', 'code', proven),
    '{nonce}': () => answers('id_token,token_or_nonce,signed_request,graph_domain,user_token_nonce', 'nonce'),
    '{id-token}': () => answers('id_token,graph_domain,user_token_nonce', 'id_token'),
    '{user-token}': () => userToken(world),
    '{device-code}': async () => succeeded(await world.post('/device/login', { access_token: clientToken })).body.code,
  };
  const values = new Map<string, string>();
  for (const [name, make] of Object.entries(makers)) if (text.includes(name)) values.set(name, await make());
  return (sent) => [...values].reduce((so, [name, value]) => so.replaceAll(name, value), sent);
}

async function userToken(world: ConformanceWorld): Promise<string> {
  const params = { redirect_uri: 'fbconnect://success', response_type: 'token,signed_request' };
  return (await through(world, params)).get('access_token') ?? '';
}

/** Makes the call. A renewal is made a day and an hour after the log-in. */
async function make(world: ConformanceWorld, call: SdkCall): Promise<Reply> {
  const fill = await filled(world, call);
  const token = { none: undefined, client: clientToken, user: await userToken(world) }[call.token];
  if (call.at === 'refresh') await world.clock.advance(DAY + 3600);
  const params = Object.fromEntries(Object.entries(call.params).map(([name, value]) => [name, fill(value)]));
  const sent = { ...params, ...(token === undefined ? {} : { access_token: token }) };
  return call.method === 'GET' ? world.get(fill(call.path), sent) : world.post(fill(call.path), sent);
}

async function dialogAnswers(world: ConformanceWorld, call: SdkCall, keys: readonly string[]): Promise<void> {
  const fill = await filled(world, call);
  const params = Object.fromEntries(Object.entries(call.params).map(([name, value]) => [name, fill(value)]));
  const answers = await through(world, params, call.path.slice(0, call.path.indexOf('/', 1)));
  for (const key of keys) assert.ok(answers.get(key), `${key} is missing of ${[...answers.keys()].join(', ')}`);
  assert.equal(answers.get('state'), params['state'], 'byte for byte');
}

/** The two answers of a renewal inside of its batch. */
function renewed(answers: { code: number; body: string }[]): void {
  const bodies = answers.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  assert.deepEqual(new Set(answers.map(({ code }) => code)), new Set([200]), JSON.stringify(answers));
  const renewal = bodies.find((body) => 'access_token' in body);
  const forms = { access_token: 'string', expires_at: 'number', data_access_expiration_time: 'number' } as const;
  assert.equal(formFault(renewal, forms), undefined);
  assert.ok(bodies.some((body) => Array.isArray(body['data'])));
}

async function check(world: ConformanceWorld, call: SdkCall): Promise<void> {
  const keys = redirectOf(call);
  if (keys) return dialogAnswers(world, call, keys);
  const reply = await make(world, call);
  // A device that asks too early, and a renewal without its proof, are refused in the form that the SDK reads.
  const { body } = typeof call.answer === 'object' && 'error' in call.answer ? reply : succeeded(reply);
  assert.equal(formFault(body, call.answer as JsonForm), undefined, reply.text);
  if (call.at === 'refresh') renewed(body);
}

const seed = worldWithApp('phone', { deviceLogin: true });

export const cases: Case[] = sdkCalls.map((call) =>
  cited[call.sdk].documented(
    `${call.source.slice(call.source.lastIndexOf('/') + 1)}: ${call.method} ${call.path}, with ${call.token === 'none' ? 'no token' : `the ${call.token} token`}.`,
    `The ${call.sdk} SDK ${call.does} (${call.method} ${call.path}), and is answered in the form that it reads.`,
    (world) => check(world, call),
    { seed },
  ),
);
