// Some calls, fields and parameters give tokens and secrets, or take them. They never go through the proxy, whatever a
// rule says. Sources: the reference of operations and nodes; "Access tokens" of the documents.
import { carriesCredential } from '@hallpass/protocol';
import { isOperationHead } from '@hallpass/protocol/call-needs';

/** Names of what gives tokens: access_tokens, system_user_access_tokens, client_token, app_secret, client_code. */
const named = /(?:^|_)(?:tokens?|secrets?|client_code)$/;
/** A hash that tells people of one business apart, and the codes of errors and countries, are no credentials. */
const harmless: ReadonlySet<string> = new Set(['code', 'token_for_business']);

/** Lists whose items are tokens, log-in links or passwords. */
const lists: ReadonlySet<string> = new Set(['test-users', 'login_addresses']);

/** True for a field, or a key of an answer, that holds a credential. */
export const isCredentialField = (name: string): boolean =>
  !harmless.has(name) && (carriesCredential(name) || named.test(name.toLowerCase()));

/**
 * The reason why a path never goes through the proxy; undefined where it may.
 *
 * @param path parts that aren't texts are ids of things
 */
export function givesTokens(path: readonly unknown[]): string | undefined {
  const [head] = path;
  if (typeof head === 'string' && isOperationHead(head)) return `/${head} makes, takes or describes tokens`;
  const part = path.find((one) => typeof one === 'string' && (named.test(one.toLowerCase()) || lists.has(one)));
  return typeof part === 'string' ? `${part} gives tokens or secrets` : undefined;
}

/** Parameters that would say who asks: the proxy does. What carries a credential is refused with them. */
const ofCaller: ReadonlySet<string> = new Set(['client_id', 'batch_app_id', 'grant_type', 'redirect_uri']);

/** True for a parameter that no call through the proxy may bring. */
export const isRefusedParameter = (name: string): boolean => ofCaller.has(name) || isCredentialField(name);
