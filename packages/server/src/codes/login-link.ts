// A login link logs a browser in as a test user, once and for half an hour. The link carries itself: a row is written
// only when it is used, so that a list of test users can show a fresh one for each without writing. It dies with a
// change of the password and with the app secret, as tokens do, and with the right of whoever asked for it: the app's
// hold on the test user, or the role of the person who saw it in the dashboard. Source: `login_url` of the test users
// edge.
import { rolesThatMay } from '@hallpass/protocol';
import { keyedHashText, sameText } from '../hash.ts';
import { change, type ChangeContext } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import { holdsRight } from '../liveness/waiting/maker-rights.ts';
import * as apps from '../store/apps/apps.ts';
import type { App } from '../store/apps/apps.ts';
import * as singleUse from '../store/codes/single-use.ts';
import { AppId, FIRST_PARTY, type PersonId, ScopedId } from '../store/ids.ts';

const LIFE = 30 * 60;

const form = /^(\d{1,19})\.(\d{1,19})\.(\d{1,19})\.(\d{1,11})\.([\w-]{22})\.([\w-]{43})$/;

const signature = (
  { keys }: Pick<Installation, 'keys'>,
  body: string,
  epochs: { user: number; secret: number },
): string => keyedHashText(keys.link, `login_link|${body}|${epochs.user}|${epochs.secret}`);

interface LinkFor {
  app: App;
  /** Platform-wide id of the test user, and the id that the app knows. */
  personId: PersonId;
  scopedId: ScopedId;
  /** The maker, by the id that the dashboard shows; absent where the app did. */
  makerId?: ScopedId | undefined;
}

/** Stands for the person where an app asked for the link. No id is 0. */
const NOBODY = '0';

/** The value of `code` in a link for a test user of the app. The person is named by the id the app knows. */
export async function newLoginCode(
  installation: Pick<Installation, 'facts' | 'keys' | 'world'>,
  { app, personId, scopedId, makerId }: LinkFor,
): Promise<string> {
  const nonce = Buffer.from(installation.world.random.bytes(16)).toString('base64url');
  const body = `${app.id}.${scopedId}.${makerId ?? NOBODY}.${installation.world.clock.now() + LIFE}.${nonce}`;
  const epochs = { user: await installation.facts.epoch(`user:${personId}`), secret: app.secretEpoch };
  return `${body}.${signature(installation, body, epochs)}`;
}

/** The path and query of the link. */
export const loginLinkPath = (code: string): string => `/platform/test-users/log-in/?code=${encodeURIComponent(code)}`;

/**
 * Uses a link up. @returns the test user it logs in; undefined for a link that is unknown, over, used, or of somebody
 * else
 */
export async function useLoginCode(installation: ChangeContext, code: string): Promise<PersonId | undefined> {
  const { facts, keys, world } = installation;
  const [, appId = '', scopedId = '', makerId = '', expires = '', nonce = '', mac = ''] = form.exec(code) ?? [];
  const named = AppId.parse(appId);
  const app = named === undefined ? null : await facts.app(named);
  if (app?.status !== 'active') return undefined;
  const known = ScopedId.parse(scopedId);
  const personId = known === undefined ? null : await facts.personBehind(app.id, known);
  const person = personId === null ? null : await facts.person(personId);
  if (!person || person.testUserOf === null || person.state === 'deleted') return undefined;
  const epochs = { user: await facts.epoch(`user:${person.id}`), secret: app.secretEpoch };
  const expected = signature(installation, `${appId}.${scopedId}.${makerId}.${expires}.${nonce}`, epochs);
  if (!sameText(keys.compare, mac, expected) || world.clock.now() >= Number(expires)) return undefined;
  const now = world.clock.now();
  const hash = keyedHashText(keys.link, `login_link|${code}`);
  const maker = makerId === NOBODY ? undefined : await facts.personBehind(FIRST_PARTY, ScopedId.of(makerId));
  const first = await change(installation, async ({ tx }) => {
    if (person.testUserOf !== app.id && (await apps.rolesOf(tx, app.id, person.id)).length === 0) return false;
    const right = { of: 'app' as const, id: app.id, roles: rolesThatMay('create_test_users') };
    if (maker !== undefined && (maker === null || !(await holdsRight(installation, tx, maker, right)))) return false;
    return singleUse.claim(tx, {
      hash,
      kind: 'login_link',
      app_id: app.id,
      person_id: person.id,
      payload: '{}',
      expires_at: Number(expires),
      used_at: now,
      tries: 0,
    });
  });
  return first ? person.id : undefined;
}
