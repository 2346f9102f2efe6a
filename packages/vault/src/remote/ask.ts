// One question to a Graph. Its answer is a value that was looked at, or a fault of one of three kinds: nobody answered,
// fewer calls are asked for, or the server said no. What a server answers is never thrown.
import { type GraphClient, isErrorBody, NoGraph } from '@hallpass/client';
import { type Advice, asksForFewerCalls, redact, type Shape } from '@hallpass/protocol';
import { asSentence } from '../as-sentence.ts';
import { type HolderState, stateAfter } from '../states.ts';
import { noUsage, type RemoteUsage, usageIn } from './usage.ts';

export type RemoteFault =
  /** Nothing was learnt: no answer, one that no Graph gives, or a fault of the server's own. */
  | { kind: 'away'; reason: string }
  /** Nothing was learnt, and fewer calls should be made. */
  | { kind: 'throttled'; reason: string }
  | {
      kind: 'refused';
      reason: string;
      code: number | undefined;
      subcode: number | undefined;
      advice: Advice & { state: HolderState };
    };

export type RemoteAnswer<T> = { usage: RemoteUsage } & (
  | { value: T; fault?: undefined }
  | { value?: undefined; fault: RemoteFault }
);

export interface RemoteQuestion {
  method: 'GET' | 'POST';
  path: string;
  params?: Readonly<Record<string, string>>;
  /** Travels in a header. */
  token?: string;
}

/** A server's own words may repeat what it was sent. */
export const away = (reason: string, usage = noUsage): RemoteAnswer<never> => ({
  usage,
  fault: { kind: 'away', reason: redact(reason) },
});

/** Reads the parts of an error body, wherever it stood. */
export function faultIn({ error }: { error: object }): RemoteFault {
  const { code, error_subcode, message } = error as Readonly<Record<string, unknown>>;
  const said = {
    code: numberIn(code),
    subcode: numberIn(error_subcode),
    message: typeof message === 'string' ? message : '',
  };
  const advice = stateAfter(said);
  const reason = redact(said.message === '' ? 'The server refused and gave no reason.' : asSentence(said.message));
  if (asksForFewerCalls(said.code)) return { kind: 'throttled', reason };
  if (advice.holder === 'wait') return { kind: 'away', reason };
  return { kind: 'refused', reason, code: said.code, subcode: said.subcode, advice };
}

const numberIn = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
};

/** Asks once. Never rejects for what a server answers, nor for a server that does not. */
export async function ask<T>(
  client: GraphClient,
  { method, path, params, token }: RemoteQuestion,
  expected: Shape<T>,
): Promise<RemoteAnswer<T>> {
  try {
    const { status, headers, body } = await client.call(method, path, { params, token });
    const usage = usageIn(headers);
    if (isErrorBody(body)) return { usage, fault: faultIn(body) };
    if (status === 429) return { usage, fault: { kind: 'throttled', reason: 'The server asked to wait (429).' } };
    if (status >= 300) return away(`The server answered with status ${status} and no Graph error.`, usage);
    if (!expected(body)) return away("The server's answer isn't one that this call has.", usage);
    return { usage, value: body };
  } catch (error) {
    if (error instanceof NoGraph) return away(error.message);
    throw error;
  }
}

/** The same answer with its value read further; what cannot be read is no answer of a Graph. */
export function readFurther<A, B>(answer: RemoteAnswer<A>, read: (value: A) => B | undefined): RemoteAnswer<B> {
  if (answer.fault) return answer;
  const value = read(answer.value);
  return value === undefined
    ? away("The server's answer isn't one that this call has.", answer.usage)
    : { usage: answer.usage, value };
}
