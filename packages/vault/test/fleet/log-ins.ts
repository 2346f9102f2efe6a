// New tokens for a fleet, each as its holder gets one: through the dialog, the code and the exchange, or from the dashboard
// of a business.
import type { LogInOptions } from '@hallpass/emulator';
import type { TokenKindName } from '../../src/kinds.ts';
import type { Fleet } from './fleet.ts';
import {
  appOf,
  apps,
  clientId,
  draft,
  joined,
  JOINED_CONFIGURATION,
  keeper,
  personId,
  redirect,
  scopes,
  slight,
} from './world.ts';

export interface Granted {
  token: string;
  code: string;
}

interface DialogTrip extends Pick<LogInOptions, 'scope' | 'params' | 'business'> {
  /** The id of the person in front of the dialog. */
  person: string;
  app: { id: string; name: string };
}

/** Goes through the dialog of an app and redeems the code for a short-lived token. */
export async function throughDialog(fleet: Fleet, { person, app, ...options }: DialogTrip): Promise<Granted> {
  const { code = '', error } = await fleet.emulator.people
    .get(person)
    .logIn({ app: app.name, redirectUri: redirect, ...options });
  const { body } = await fleet.call('POST', '/oauth/access_token', {
    client_id: app.id,
    client_secret: fleet.secrets.get(app.id) ?? '',
    redirect_uri: redirect,
    code,
  });
  const token = (body as { access_token?: string }).access_token;
  if (token === undefined) throw new Error(`Person ${person} gets no token: ${error ?? JSON.stringify(body)}`);
  for (const canary of [token, code]) fleet.canaries.add(canary);
  return { token, code };
}

/** A long-lived token of a person. */
async function logIn(fleet: Fleet, trip: DialogTrip): Promise<Granted> {
  const { app } = trip;
  const short = await throughDialog(fleet, trip);
  const { body } = await fleet.call('POST', '/oauth/access_token', {
    grant_type: 'fb_exchange_token',
    client_id: app.id,
    client_secret: fleet.secrets.get(app.id) ?? '',
    fb_exchange_token: short.token,
  });
  const token = (body as { access_token?: string }).access_token;
  if (token === undefined) throw new Error(`The token of ${trip.person} is not exchanged: ${JSON.stringify(body)}`);
  fleet.canaries.add(token);
  return { token, code: short.code };
}

/** A token of a system user of the business, of 60 days for every other one. */
async function tokenOfSystemUser(fleet: Fleet, n: number): Promise<Granted> {
  const desk = await fleet.desk();
  await desk.post(`/${fleet.systemUsers[n]}/applications`, { business_app: apps[0].id });
  const { body, text } = await desk.post(`/${fleet.systemUsers[n]}/access_tokens`, {
    business_app: apps[0].id,
    scope: 'pages_show_list,pages_read_engagement',
    ...(n % 2 === 0 && { set_token_expires_in_60_days: 'true' }),
  });
  if (body?.access_token === undefined) throw new Error(`System user ${n} gets no token: ${text}`);
  fleet.canaries.add(body.access_token);
  return { token: body.access_token, code: '' };
}

interface HeldGroup {
  kind(n: number): TokenKindName;
  app(n: number): { id: string; name: string };
  token(fleet: Fleet, n: number): Promise<Granted>;
}

/** The groups of connections, by the letter that their ids begin with; those of Pages are read with a person's token. */
export const groups = {
  u: {
    kind: () => 'user_long',
    app: (n: number) => appOf(n),
    token: (fleet: Fleet, n: number) => logIn(fleet, { person: personId(n), app: appOf(n), scope: scopes.join(',') }),
  },
  l: {
    kind: () => 'user_long',
    app: () => slight,
    token: (fleet: Fleet, n: number) => logIn(fleet, { person: personId(n), app: slight, scope: 'email' }),
  },
  d: {
    kind: () => 'user_long',
    app: () => draft,
    token: (fleet: Fleet, n: number) => logIn(fleet, { person: personId(n), app: draft, scope: scopes.join(',') }),
  },
  s: {
    kind: (n: number) => (n % 2 === 0 ? 'system_user_60_days' : 'system_user_never'),
    app: () => apps[0],
    token: tokenOfSystemUser,
  },
  i: {
    kind: () => 'system_user_never',
    app: () => joined,
    token: (fleet: Fleet, n: number) =>
      throughDialog(fleet, {
        person: keeper.id,
        app: joined,
        params: { config_id: JOINED_CONFIGURATION },
        business: clientId(n),
      }),
  },
} as const satisfies Readonly<Record<string, HeldGroup>>;

type Group = keyof typeof groups;

/** The group and the number in the id of a connection; a Page counts to the group of its person. */
export function groupOf(id: string): { group: Group; n: number } {
  const [letter = '', number] = id.split('-');
  const group = letter === 'p' ? 'u' : letter;
  if (!Object.hasOwn(groups, group)) throw new RangeError(`${id} is in no group.`);
  return { group: group as Group, n: Number(number) };
}
