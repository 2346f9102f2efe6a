// The dialog and the status endpoint name the parts of an answer alike; pages know them by the names of authResponse.
// Source: sections 2.3, 6.2 and 6.4 of the protocol reference, FB.getLoginStatus of the documentation.

export interface AuthResponse extends facebook.AuthResponse {
  graphDomain?: string;
  asset_scopes?: string;
}

/** A value in the way that parameters are written: what is no plain text, number or switch is written as JSON. */
export const written = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** Names and values as they were sent, none of them believed yet. */
export type WireAnswer = ReadonlyMap<string, unknown>;

/** The text of a value, undefined where it is missing or empty. */
export function textIn(answer: WireAnswer, name: string): string | undefined {
  const value = answer.get(name);
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;
}

const numberIn = (answer: WireAnswer, name: string): number => Number(textIn(answer, name) ?? 0) || 0;

/** @returns undefined for an answer that holds neither a token nor a code */
export function authResponseOf(answer: WireAnswer): AuthResponse | undefined {
  const accessToken = textIn(answer, 'access_token');
  const code = textIn(answer, 'code');
  if (accessToken === undefined && code === undefined) return undefined;
  const signedRequest = textIn(answer, 'signed_request');
  const optional = {
    accessToken,
    code,
    signedRequest,
    graphDomain: textIn(answer, 'graph_domain'),
    grantedScopes: textIn(answer, 'granted_scopes'),
    asset_scopes: textIn(answer, 'asset_scopes'),
    data_access_expiration_time:
      accessToken === undefined ? undefined : numberIn(answer, 'data_access_expiration_time'),
    reauthorize_required_in: textIn(answer, 'reauthorize_required_in') && numberIn(answer, 'reauthorize_required_in'),
  };
  return {
    userID: textIn(answer, 'user_id') ?? userIn(signedRequest),
    expiresIn: numberIn(answer, 'expires_in'),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/**
 * Reads the id of the person in a signed request that our own server sent. Only the server of the app can check the
 * signature; what comes from anywhere else is never read here.
 */
function userIn(signedRequest = ''): string {
  try {
    const [, payload = ''] = signedRequest.split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return textIn(new Map(Object.entries(read ?? {})), 'user_id') ?? '';
  } catch {
    return '';
  }
}
