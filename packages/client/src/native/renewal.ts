// A renewal asks for a later end of a token and for its permissions as they are now, and makes a new token of both.
import type { GraphClient } from '../client.ts';
import { NEVER } from './access-token-json.ts';
import type { AccessToken, AccessTokenFields } from './access-token.ts';
import { askFacts, isDead, type Renewal, type TokenFacts } from './facts.ts';

/**
 * The token with its new end and its present permissions. What the platform does not say stays as it was.
 * @throws GraphError where the token is dead, or nothing was answered | NoGraph
 */
export async function renewed(client: GraphClient, token: AccessToken, now: () => number): Promise<AccessToken> {
  const facts = await askFacts(client, token.token, token.applicationId);
  const [refusal] = facts.refusals;
  if (refusal && (isDead(refusal) || !facts.permissions)) throw refusal;
  return token.with({ ...changesOf(facts, now()), lastRefresh: new Date(now()) });
}

/** The facts of a token as its fields have them; `now` in milliseconds. */
export function changesOf({ permissions, renewal }: TokenFacts, now: number): Partial<AccessTokenFields> {
  return { ...permissions, ...(renewal ? renewalFields(renewal, now) : {}) };
}

function renewalFields(renewal: Renewal, now: number): Partial<AccessTokenFields> {
  const { access_token: token, graph_domain: graphDomain, data_access_expiration_time: dataAccess } = renewal;
  const expires = endOf(renewal, now);
  return {
    ...(token === undefined ? {} : { token }),
    ...(graphDomain === undefined ? {} : { graphDomain }),
    ...(expires ? { expires } : {}),
    ...(dataAccess === undefined ? {} : { dataAccessExpirationTime: momentOf(dataAccess) }),
  };
}

/** The end that an answer names by its moment or by the seconds until then; undefined where it names none. */
export function endOf(answer: Pick<Renewal, 'expires_at' | 'expires_in'>, now: number): Date | undefined {
  const { expires_at: at, expires_in: seconds } = answer;
  if (at !== undefined) return momentOf(at);
  if (seconds === undefined) return undefined;
  return seconds === 0 ? NEVER : new Date(now + seconds * 1000);
}

/** @param seconds since 1970; 0 = never */
export const momentOf = (seconds: number): Date => (seconds === 0 ? NEVER : new Date(seconds * 1000));
