// These refusals use the words of RFC 6749, section 5.2, for the endpoints of other standards (introspection,
// revocation). The endpoints of the Graph's own dialect keep the Graph's envelope.
import type { ErrorKey, GraphError } from '@hallpass/protocol';

interface OauthError {
  status: number;
  body: { error: string; error_description: string };
}

/** These errors say that the client is not who it says it is. */
const aboutClient: ReadonlySet<ErrorKey> = new Set<ErrorKey>([
  'app.missing',
  'app.unknown',
  'app.system',
  'app.address',
  'app.address_call',
  'secret.wrong',
  'secret.missing',
  'secret.desktop_app',
  'app.deleted',
  'token.app_deleted',
]);

/** The words of Limited Login, as the iOS SDK reads them. */
const limitedWords: Partial<Record<ErrorKey, string>> = {
  'limited.login_required': 'login_required',
  'limited.consent_required': 'consent_required',
  'limited.dpop_proof': 'invalid_dpop_proof',
};

function wordFor({ key, status }: GraphError): readonly [word: string, status: number] {
  const limited = limitedWords[key];
  if (limited !== undefined) return [limited, status];
  if (aboutClient.has(key)) return ['invalid_client', 401];
  if (key === 'token.unsupported_type') return ['unsupported_token_type', 400];
  if (key === 'limit.guessing') return ['temporarily_unavailable', 429];
  return status === 503
    ? ['temporarily_unavailable', 503]
    : status >= 500
      ? ['server_error', status]
      : ['invalid_request', status];
}

export function oauthError(refusal: GraphError): OauthError {
  const [error, status] = wordFor(refusal);
  // RFC 6749 allows these characters in a description.
  const description = refusal.message.replace(/[^ -~]|["\\]/g, '');
  return { status, body: { error, error_description: description } };
}
