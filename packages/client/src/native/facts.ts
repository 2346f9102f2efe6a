// Asks a platform what belongs to a token, in the one batch with which the mobile SDKs renew it: who the person is,
// which permissions they gave, and a later end. Source: `AccessTokenManager` of the Android SDK.
import { type ErrorBody, keysOf, parseJson, shape } from '@hallpass/protocol';
import type { GraphClient } from '../client.ts';
import { GraphError, isErrorBody, NoGraph } from '../errors.ts';

/** The fields that a renewal asks for: the end of the token, and that of data access. */
const RENEWED = 'access_token,expires_at,expires_in,data_access_expiration_time,graph_domain';

interface Permissions {
  permissions: string[];
  declinedPermissions: string[];
  expiredPermissions: string[];
}

/** Moments are epoch seconds, 0 = never; `expires_in` is read where `expires_at` is missing. */
export interface Renewal {
  access_token?: string | undefined;
  expires_at?: number | undefined;
  expires_in?: number | undefined;
  data_access_expiration_time?: number | undefined;
  graph_domain?: string | undefined;
}

export interface TokenFacts {
  userId: string | undefined;
  permissions: Permissions | undefined;
  renewal: Renewal | undefined;
  /** The refusals among the answers, first the one that says that the token is dead. */
  refusals: readonly GraphError[];
}

/** A number, also where it is written as a text. */
const numeric = shape.either(shape.number, shape.text);

interface RenewalAnswer {
  access_token?: string | undefined;
  expires_at?: number | string | undefined;
  expires_in?: number | string | undefined;
  data_access_expiration_time?: number | string | undefined;
  graph_domain?: string | undefined;
}

const renewalShape = shape.object<RenewalAnswer>({
  access_token: shape.optional(shape.text),
  expires_at: shape.optional(numeric),
  expires_in: shape.optional(numeric),
  data_access_expiration_time: shape.optional(numeric),
  graph_domain: shape.optional(shape.text),
});

const lists = { granted: 'permissions', declined: 'declinedPermissions', expired: 'expiredPermissions' } as const;

interface PermissionList {
  data: { permission: string; status: string }[];
}

const permissionShape = shape.object<PermissionList>({
  data: shape.listOf(shape.object<PermissionList['data'][number]>({ permission: shape.text, status: shape.text })),
});
const personShape = shape.object<{ id: string }>({ id: shape.text });

interface BatchItem {
  code: number;
  body: string | null;
}

const itemShape = shape.either(
  shape.object<BatchItem>({ code: shape.number, body: shape.either(shape.text, shape.nothing) }),
  shape.nothing,
);

/** One call for all. @throws GraphError where the batch itself is refused | NoGraph */
export async function askFacts(client: GraphClient, token: string, appId: string): Promise<TokenFacts> {
  const renew = new URLSearchParams({ grant_type: 'fb_extend_sso_token', client_id: appId, fields: RENEWED });
  const batch = ['me?fields=id', 'me/permissions?fields=permission,status', `oauth/access_token?${renew}`].map(
    (address) => ({ method: 'GET', relative_url: address }),
  );
  const params = { batch: JSON.stringify(batch), include_headers: 'false' };
  const answers = await client.post('/', { params, token });
  if (!shape.listOf(itemShape)(answers) || answers.length !== batch.length)
    throw new NoGraph('The answer of a batch does not have one item for each call.');
  const [person, permissions, renewal] = answers.map((item) => item?.body ?? undefined);
  return {
    userId: parseJson(personShape, person ?? '')?.id,
    permissions: permissionsIn(parseJson(permissionShape, permissions ?? '')),
    renewal: renewalIn(renewal ?? ''),
    refusals: answers.flatMap((item) => refusalsIn(item)).toSorted((a, b) => Number(isDead(b)) - Number(isDead(a))),
  };
}

/** True for the codes at which the mobile SDKs let a token go. */
export const isDead = ({ code }: GraphError): boolean => code === 190 || code === 102;

/** The code, with 190, of a token that has expired while the person stays logged in. */
const LOGGED_IN_STILL = 493;

export const isOnlyExpired = ({ subcode }: GraphError): boolean => subcode === LOGGED_IN_STILL;

/** The lists of `me/permissions`; Android's entry `installed` is no permission. */
function permissionsIn(list: PermissionList | undefined): Permissions | undefined {
  if (!list) return undefined;
  const found: Permissions = { permissions: [], declinedPermissions: [], expiredPermissions: [] };
  for (const { permission, status } of list.data)
    for (const name of keysOf(lists))
      if (name === status && permission !== 'installed') found[lists[name]].push(permission);
  return found;
}

function renewalIn(body: string): Renewal | undefined {
  const read = parseJson(renewalShape, body);
  if (!read || isErrorBody(read)) return undefined;
  return {
    ...read,
    expires_at: numberOf(read.expires_at),
    expires_in: numberOf(read.expires_in),
    data_access_expiration_time: numberOf(read.data_access_expiration_time),
  };
}

/** Undefined for what is missing or no number. */
export function numberOf(value: number | string | undefined): number | undefined {
  const number = Number(value);
  return value === undefined || value === '' || Number.isNaN(number) ? undefined : number;
}

function refusalsIn(item: BatchItem | null): GraphError[] {
  const body = parseJson((value: unknown): value is ErrorBody => isErrorBody(value), item?.body ?? '');
  return item && body ? [new GraphError(item.code, body)] : [];
}
