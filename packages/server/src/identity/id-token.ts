// An id_token says who logged in, signed for one app. Source: the OpenID Connect guide and the list of claims of
// Limited Login.
import { lifetimes } from '@hallpass/protocol';
import type { Addresses } from '../hosts.ts';
import type { App } from '../store/apps/apps.ts';
import * as friendships from '../store/people/friendships.ts';
import type { Grant } from '../store/grants/grants.ts';
import * as limitedGrants from '../store/grants/limited-grants.ts';
import type { Person } from '../store/people/people.ts';
import type { TokenRecord } from '../tokens/record.ts';
import { ageRange } from './age-range.ts';
import type { Installation } from '../installation/installation.ts';
import { isInsider } from '../liveness/insider.ts';
import { sealLogin } from './limited-login.ts';
import { oidcKeys } from './oidc-keys.ts';
import { inForce } from '../liveness/permissions.ts';
import type { AppId, PersonId } from '../store/ids.ts';
import type { ChangeContext } from '../liveness/change.ts';

interface IdTokenRequest {
  app: App;
  /** Platform-wide id. */
  user: PersonId;
  /** Issuer and picture addresses are built on these. */
  addresses: Addresses;
  nonce?: string | undefined;
  /** Thumbprint of the key the id_token is bound to. */
  thumbprint?: string | undefined;
  /** Of Limited Login: what was given there decides, and the id_token can be renewed while this log-in stands. */
  limited?: { grant: Grant; login: TokenRecord } | undefined;
}

/** Signs an id_token with what the person granted to the app now. Must not be called inside a change. */
export async function signIdToken(installation: ChangeContext, request: IdTokenRequest): Promise<string> {
  const { app, user, addresses, nonce, thumbprint, limited } = request;
  const { facts, world } = installation;
  const now = world.clock.now();
  const person = await facts.person(user);
  const subject = await facts.scopedId(app.id, user);
  if (!person || subject === null) throw new Error('an id_token needs a person whom the app knows');
  const insider = await isInsider(installation, app.id, person, await facts.appRoles(app.id, user));
  const granted = inForce(app, limited?.grant ?? (await facts.grant(app.id, user)), insider, now).names;
  const { kid, key } = await oidcKeys(installation);
  const friends = granted.has('user_friends') ? await friendsOnApp(installation, app.id, user) : undefined;
  const { SignJWT } = await import('jose');
  return new SignJWT({
    iss: addresses.www,
    aud: app.id,
    sub: subject,
    iat: now,
    exp: now + lifetimes.idToken,
    jti: limited ? sealLogin(installation, limited.login) : Buffer.from(world.random.bytes(16)).toString('base64url'),
    ...(nonce === undefined ? {} : { nonce }),
    ...claimsAbout(person, granted, now),
    ...(granted.has('public_profile') ? { picture: `${addresses.graph}/${subject}/picture` } : {}),
    ...(friends === undefined ? {} : { user_friends: friends }),
    ...(thumbprint === undefined ? {} : { cnf: { jkt: thumbprint } }),
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
    .sign(key);
}

/** Collects what each permission adds; what the person never told is left out. */
function claimsAbout(person: Person, granted: ReadonlySet<string>, now: number): Record<string, unknown> {
  const { profile } = person;
  const claims: Record<string, unknown> = {};
  const add = (permission: string, name: string, value: unknown) => {
    if (granted.has(permission) && value !== undefined && value !== null && value !== '') claims[name] = value;
  };
  add('public_profile', 'name', person.name);
  add('public_profile', 'given_name', person.firstName);
  add('public_profile', 'middle_name', person.middleName);
  add('public_profile', 'family_name', person.lastName);
  add('email', 'email', person.email);
  add('user_birthday', 'user_birthday', profile.birthday);
  add('user_age_range', 'user_age_range', profile.birthday === undefined ? undefined : ageRange(profile.birthday, now));
  add('user_hometown', 'user_hometown', profile.hometown);
  add('user_location', 'user_location', profile.location);
  add('user_gender', 'user_gender', profile.gender);
  add('user_link', 'user_link', profile.link);
  return claims;
}

/** App-scoped ids of friends who use the app. */
async function friendsOnApp(
  installation: Pick<Installation, 'db' | 'facts'>,
  appId: AppId,
  user: PersonId,
): Promise<string[]> {
  const { facts } = installation;
  const ids: string[] = [];
  for (const friend of await friendships.of(installation.db.read, user)) {
    const uses = (await facts.grant(appId, friend)) ?? (await limitedGrants.find(installation.db.read, appId, friend));
    const id = uses && (await facts.scopedId(appId, friend));
    if (id) ids.push(id);
  }
  return ids;
}
