// A server is asked by debug_token what a token is: one alone, or fifty in one call. Only answers that were looked at count: one that
// is cut off or of another kind says nothing of the token.
import type { GraphClient } from '@hallpass/client';
import { type DebugTokenData, type GranularScope, type Secret, shape, type Shape } from '@hallpass/protocol';
import { ask, away, faultIn, type RemoteAnswer, readFurther } from './ask.ts';

/** The number of calls that a server takes in one batch. Source: "Batch requests". */
export const BATCH = 50;

type Id = string | number;
const id: Shape<Id> = shape.either(shape.text, shape.number);

interface AnsweredData {
  is_valid: boolean;
  app_id?: Id | undefined;
  type?: string | undefined;
  user_id?: Id | undefined;
  profile_id?: Id | undefined;
  issued_at?: number | undefined;
  expires_at?: number | undefined;
  data_access_expires_at?: number | undefined;
  scopes?: string[] | undefined;
  granular_scopes?: { scope: string; target_ids?: Id[] | undefined }[] | undefined;
  error?: { code?: number | undefined; subcode?: number | undefined; message?: string | undefined } | undefined;
}

const answered = shape.object<{ data: AnsweredData }>({
  data: shape.object<AnsweredData>({
    is_valid: shape.boolean,
    app_id: shape.optional(id),
    type: shape.optional(shape.text),
    user_id: shape.optional(id),
    profile_id: shape.optional(id),
    issued_at: shape.optional(shape.number),
    expires_at: shape.optional(shape.number),
    data_access_expires_at: shape.optional(shape.number),
    scopes: shape.optional(shape.listOf(shape.text)),
    granular_scopes: shape.optional(
      shape.listOf(
        shape.object<{ scope: string; target_ids?: Id[] | undefined }>({
          scope: shape.text,
          target_ids: shape.optional(shape.listOf(id)),
        }),
      ),
    ),
    error: shape.optional(
      shape.object<NonNullable<AnsweredData['error']>>({
        code: shape.optional(shape.number),
        subcode: shape.optional(shape.number),
        message: shape.optional(shape.text),
      }),
    ),
  }),
});

const types = shape.oneOf('USER', 'PAGE', 'APP', 'SYSTEM_USER');

const granularOf = ({ scope, target_ids }: { scope: string; target_ids?: Id[] | undefined }): GranularScope =>
  target_ids === undefined ? { scope } : { scope, target_ids: target_ids.map(String) };

/** The answer in the types of the protocol: ids are text, also where a server writes them as numbers. */
function dataOf({ data }: { data: AnsweredData }): DebugTokenData {
  const { is_valid, app_id, type, user_id, profile_id, scopes = [], granular_scopes, error } = data;
  const { issued_at, expires_at, data_access_expires_at } = data;
  // Part by part, because a sweep reads fifty answers of each call: spreading each part takes twice the time.
  const read: DebugTokenData = { is_valid, scopes };
  if (app_id !== undefined) read.app_id = String(app_id);
  if (types(type)) read.type = type;
  if (user_id !== undefined) read.user_id = String(user_id);
  if (profile_id !== undefined) read.profile_id = String(profile_id);
  if (issued_at !== undefined) read.issued_at = issued_at;
  if (expires_at !== undefined) read.expires_at = expires_at;
  if (data_access_expires_at !== undefined) read.data_access_expires_at = data_access_expires_at;
  if (granular_scopes !== undefined) read.granular_scopes = granular_scopes.map(granularOf);
  if (error !== undefined)
    read.error = {
      code: error.code ?? 190,
      message: error.message ?? '',
      ...(error.subcode !== undefined && { subcode: error.subcode }),
    };
  return read;
}

/** Asks what one token is. @param by the token that asks: an app token of the same app, or the token itself */
export async function inspect(client: GraphClient, token: Secret, by: Secret): Promise<RemoteAnswer<DebugTokenData>> {
  const params = { method: 'get', input_token: token.open() };
  return readFurther(
    await ask(client, { method: 'POST', path: '/debug_token', params, token: by.open() }, answered),
    dataOf,
  );
}

interface BatchItem {
  code: number;
  body: string;
}

const items = shape.listOf<BatchItem | null>(
  shape.either(shape.object<BatchItem>({ code: shape.number, body: shape.text }), shape.nothing),
);

function answerIn(item: BatchItem | null): RemoteAnswer<DebugTokenData> {
  if (item === null) return away('The server left this item of a batch unanswered.');
  let body: unknown;
  try {
    body = JSON.parse(item.body);
  } catch {
    return away('The server answered an item of a batch with something other than JSON.');
  }
  if (shape.anyObject(body) && shape.anyObject(body['error']))
    return { usage: { percent: 0, wait: 0 }, fault: faultIn({ error: body['error'] }) };
  return answered(body)
    ? { usage: { percent: 0, wait: 0 }, value: dataOf(body) }
    : away('The server answered an item of a batch with something that debug_token does not answer with.');
}

/**
 * Asks what up to fifty tokens are, in one call. The tokens travel in its body. Each has an answer of its own; a fault
 * stands for all where the call as a whole failed.
 *
 * @throws RangeError for more than fifty
 */
export async function inspectBatch(
  client: GraphClient,
  tokens: readonly Secret[],
  by: Secret,
): Promise<RemoteAnswer<readonly RemoteAnswer<DebugTokenData>[]>> {
  if (tokens.length > BATCH) throw new RangeError(`A batch holds ${BATCH} calls.`);
  // An encoded token has nothing in it that JSON escapes.
  const calls = tokens.map(
    (token) => `{"method":"GET","relative_url":"debug_token?input_token=${encodeURIComponent(token.open())}"}`,
  );
  const params = { include_headers: 'false', batch: `[${calls.join(',')}]` };
  const answer = await ask(client, { method: 'POST', path: '/', params, token: by.open() }, items);
  // An answer with more or fewer items than calls cannot be told apart.
  return readFurther(answer, (list) => (list.length === tokens.length ? list.map(answerIn) : undefined));
}
