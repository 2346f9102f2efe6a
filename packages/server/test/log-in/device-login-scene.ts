// Tests of log-in on devices begin with this scene: a device that asks and polls, and the browser of the person.
import { afterEach, beforeEach } from 'node:test';
import { settings } from '../acts.ts';
import { Browser } from '../browser.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

export const { phone, rival, ana, ben, bakery, garden } = cast;
export const clientToken = `${phone.id}|${phone.clientToken}`;
export const error = ({ status, body }: Reply) => [status, body.error?.code, body.error?.error_subcode];
export const pending = [400, 31, 1_349_174];
export const declined = [400, 31, 1_349_173];
export const expired = [400, 463, 1_349_152];
export let t: TestWorld;
export let browser: Browser;

beforeEach(async () => {
  t = await testWorld();
  for (const app of [phone, rival]) await settings(t, app.id, { deviceLogin: true });
  browser = new Browser(t);
});

afterEach(() => t.close());

interface Started {
  code: string;
  user_code: string;
}
export const start = async (scope = 'email', more: Record<string, string> = {}): Promise<Started> =>
  (await t.post('/v25.0/device/login', { access_token: clientToken, scope, ...more })).body;
export const poll = (code: string, token = clientToken) =>
  t.post('/v25.0/device/login_status', { access_token: token, code });

/** Types the code; the page after it is the one that asks. */
export async function type(who: Browser, code: string): Promise<void> {
  await who.open('/device');
  await who.send(who.form('/device', { user_code: code }));
}
export const decide = (who: Browser, fill: Record<string, string | readonly string[] | null> = {}) =>
  who.send(who.form('/device/confirm', { decision: 'continue', started: 'yes', ...fill }));
export const approved = async (who: Browser, scope?: string): Promise<Started> => {
  const started = await start(scope);
  await type(who, started.user_code);
  await decide(who);
  return started;
};
