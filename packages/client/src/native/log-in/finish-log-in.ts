// The end of a log-in: what the platform says about the new token makes it the current one.
import { AccessToken, type AccessTokenFields } from '../access-token.ts';
import { askFacts, isDead } from '../facts.ts';
import { changesOf } from '../renewal.ts';
import type { TokenManager } from '../token-manager.ts';
import { LogInFailed } from './log-in-errors.ts';

/** The result of a log-in that gave a token. */
export interface LogInResult {
  token: AccessToken;
  /** Permissions that were asked for and given. */
  recentlyGrantedPermissions: ReadonlySet<string>;
  /** Permissions that were asked for and refused. */
  recentlyDeniedPermissions: ReadonlySet<string>;
}

/** A new token with the facts that came along with it. */
type NewToken = Pick<AccessTokenFields, 'token' | 'source'> & Partial<AccessTokenFields>;

/** Makes the token current. @throws LogInFailed | GraphError | NoGraph */
export async function finishLogIn(
  manager: TokenManager,
  made: NewToken,
  scope: readonly string[],
  sameUserAs?: string,
): Promise<LogInResult> {
  const { now } = manager.surroundings;
  const facts = await askFacts(manager.client, made.token, manager.appId);
  const [refusal] = facts.refusals;
  const userId = facts.userId ?? made.userId;
  if (refusal && (isDead(refusal) || userId === undefined)) throw refusal;
  if (userId === undefined) throw new LogInFailed('The platform did not say who has logged in.', 'no_user');
  if (sameUserAs !== undefined && userId !== sameUserAs)
    throw new LogInFailed('Someone else has logged in: nothing was changed.', 'user_mismatch');
  const fields = {
    applicationId: manager.appId,
    lastRefresh: new Date(now()),
    ...made,
    ...changesOf(facts, now()),
    userId,
  };
  const token = new AccessToken(fields, now);
  await manager.setCurrent(token);
  return {
    token,
    recentlyGrantedPermissions: new Set(scope.filter((permission) => token.hasGranted(permission))),
    recentlyDeniedPermissions: new Set(scope.filter((permission) => !token.hasGranted(permission))),
  };
}
