// A log-in ends in one of these ways when it gives no token.

/** The person said no, or closed the page. */
export class LogInCancelled extends Error {
  override readonly name = 'LogInCancelled';
}

/** The platform refused the log-in, or the code of a device expired. */
export class LogInFailed extends Error {
  override readonly name = 'LogInFailed';
  /** The word of the platform, such as `login_required`. */
  readonly reason: string;

  constructor(message: string, reason: string) {
    super(message);
    this.reason = reason;
  }
}

/** Words for "the person said no", as Android knows them. */
const cancelled = ['access_denied', 'OAuthAccessDeniedException'];
/** The code of a dialog that was closed. */
const CLOSED = '4201';

/** Throws what an answer of a dialog says went wrong; both mobile SDKs read these keys. */
export function refuseErrors(answer: URLSearchParams): void {
  const read = (...names: string[]): string | undefined =>
    names.map((name) => answer.get(name)).find((value) => value !== null && value !== '') ?? undefined;
  const error = read('error', 'error_type');
  const code = read('error_code');
  const message = read('error_message', 'error_description', 'error_msg');
  if (error === undefined && code === undefined && message === undefined) return;
  if (cancelled.includes(error ?? '') || code === CLOSED) throw new LogInCancelled('The log-in was cancelled.');
  throw new LogInFailed(message ?? `The platform refused the log-in: ${error ?? code}.`, error ?? code ?? '');
}
