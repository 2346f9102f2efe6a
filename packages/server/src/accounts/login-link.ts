// A link that logs a browser in as a test user, once and for half an hour. The link carries itself: a row is written only
// when it is used, so that a list of test users can show a fresh one for each without writing. It dies with a change of the
// password, as tokens do. Source: `login_url` of the test users edge.
import { keyedHashText, sameText } from '../hash.ts';
import { change } from '../liveness/change.ts';
import type { Installation } from '../liveness/installation.ts';
import * as singleUse from '../store/single-use.ts';

const LIFE = 30 * 60;

const form = /^(\d{1,19})\.(\d{1,19})\.(\d{1,11})\.([\w-]{22})\.([\w-]{43})$/;

const signature = ({ keys }: Installation, body: string, userEpoch: number): string => keyedHashText(keys.link, `login_link|${body}|${userEpoch}`);

/** The value of `code` in a link for a test user of the app. The person is named by the id the app knows. */
export async function newLoginCode(installation: Installation, appId: string, personId: string, scopedId: string): Promise<string> {
  const nonce = Buffer.from(installation.world.random.bytes(16)).toString('base64url');
  const body = `${appId}.${scopedId}.${installation.world.clock.now() + LIFE}.${nonce}`;
  return `${body}.${signature(installation, body, await installation.facts.epoch(`user:${personId}`))}`;
}

/** The path and query of the link. */
export const loginLinkPath = (code: string): string => `/platform/test-users/log-in/?code=${encodeURIComponent(code)}`;

/** Uses a link up. @returns the test user it logs in; undefined for a link that is unknown, over, used, or of somebody else */
export async function useLoginCode(installation: Installation, code: string): Promise<string | undefined> {
  const { facts, keys, world } = installation;
  const [, appId = '', scopedId = '', expires = '', nonce = '', mac = ''] = form.exec(code) ?? [];
  const personId = appId === '' ? null : await facts.personBehind(appId, scopedId);
  const person = personId === null ? null : await facts.person(personId);
  if (!person || person.testUserOf === null || person.state === 'deleted') return undefined;
  const expected = signature(installation, `${appId}.${scopedId}.${expires}.${nonce}`, await facts.epoch(`user:${person.id}`));
  if (!sameText(keys.compare, mac, expected) || world.clock.now() >= Number(expires)) return undefined;
  const now = world.clock.now();
  const hash = keyedHashText(keys.link, `login_link|${code}`);
  const first = await change(installation, ({ tx }) =>
    singleUse.claim(tx, {
      hash,
      kind: 'login_link',
      app_id: appId,
      person_id: person.id,
      payload: '{}',
      expires_at: Number(expires),
      used_at: now,
      tries: 0,
    }),
  );
  return first ? person.id : undefined;
}
