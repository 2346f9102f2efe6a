// Refusals of the service on the wire: the envelope of the Graph, with its codes where it has one that says the same, and
// a word for programs.
import { StorageUnavailable } from '@hallpass/db';
import { redact } from '@hallpass/protocol';
import { VaultSealed } from '../keys/keyring.ts';
import { VaultRefusal } from '../refusals.ts';

/** The service refuses a call before the vault is asked. */
const refusals = {
  no_key: { status: 401, code: 190, message: 'Send a key of this vault: `Authorization: Bearer hpv_…`.' },
  no_session: { status: 401, code: 190, message: 'Sign in with a key of this vault.' },
  not_our_page: { status: 403, code: 200, message: 'Only pages of this vault may call this.' },
  no_right: { status: 403, code: 200, message: 'The key does not have the right `{right}`.' },
  no_such_path: { status: 404, code: 100, message: 'There is no such call.' },
  bad_input: { status: 400, code: 100, message: '{what}' },
  too_large: { status: 413, code: 100, message: 'The body is too large: send at most {most} MiB.' },
  too_many: { status: 429, code: 4, message: 'Too many tokens were shown: try again in {seconds} seconds.' },
} as const;

export class ServiceRefusal extends Error {
  override readonly name = 'ServiceRefusal';
  readonly reason: keyof typeof refusals;

  constructor(reason: keyof typeof refusals, facts: Readonly<Record<string, string | number>> = {}) {
    super(refusals[reason].message.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '')));
    this.reason = reason;
  }
}

interface RefusalAnswer {
  status: number;
  body: { error: { message: string; type: string; code: number; error_subcode?: number; reason: string } };
  /** Nobody foresaw it: it belongs into the log. */
  bug?: true;
}

const answer = (status: number, code: number, message: string, reason: string): RefusalAnswer => ({
  status,
  body: {
    error: {
      message: redact(message),
      type: status === 404 ? 'GraphMethodException' : 'OAuthException',
      code,
      // An object that is not there, or belongs to another tenant: the answer is the same.
      ...(status === 404 && { error_subcode: 33 }),
      reason,
    },
  },
});

/** Makes the answer to whatever was thrown. */
export function refusalAnswer(error: unknown): RefusalAnswer {
  if (error instanceof ServiceRefusal) {
    const { status, code } = refusals[error.reason];
    return answer(status, code, error.message, error.reason);
  }
  if (error instanceof VaultSealed) return answer(503, error.code, error.message, error.reason);
  if (error instanceof VaultRefusal) return answer(error.status, 100, error.message, error.reason);
  if (error instanceof StorageUnavailable)
    return answer(503, 2, "The database can't be reached now: try again in a moment.", 'storage_away');
  return { ...answer(500, 1, 'Something went wrong on our side.', 'unexpected'), bug: true };
}
