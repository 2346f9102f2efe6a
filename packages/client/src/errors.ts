// A token server that is asked can fail in three ways: it says no, it is not there, or it is something else.
import { type Advice, adviceFor, type ErrorBody, shape } from '@hallpass/protocol';

/** The server refused. `message` is its own wording. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly code: number;
  /** `error_subcode`. */
  readonly subcode: number | undefined;
  readonly type: string;
  /** HTTP status. */
  readonly status: number;
  /** Names this answer in the server's log. */
  readonly fbtraceId: string | undefined;
  /** The exact fault; an emulator says so. */
  readonly detail: string | undefined;
  /** The advice for a holder of the token. */
  readonly advice: Advice;

  constructor(status: number, { error }: ErrorBody) {
    super(String(error.message ?? ''));
    this.status = status;
    this.code = Number(error.code ?? 0);
    this.subcode = error.error_subcode;
    this.type = String(error.type ?? '');
    this.fbtraceId = error.fbtrace_id;
    this.detail = error.error_data?.detail;
    this.advice = adviceFor({ code: this.code, subcode: this.subcode, message: this.message });
  }
}

/** Nothing came back that a Graph could have said. The message names the server, never the call. */
export class NoGraph extends Error {
  override readonly name = 'NoGraph';
}

/** True for a body with an `error` object, as every refused call has. */
export function isErrorBody(body: unknown): body is ErrorBody {
  return shape.anyObject(body) && shape.anyObject(body['error']) && 'message' in body['error'];
}
