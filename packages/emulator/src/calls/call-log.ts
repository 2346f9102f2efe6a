// The log of a world: the last calls of programs, as they come. It is kept in memory, is bounded, and shows no credential.
import { type Explanation, parseJson, shape } from '@hallpass/protocol';
import type { HttpRequest, HttpResponse, Server, World } from '@hallpass/server';
import { KeptList } from '../kept-list.ts';
import { type CallFacts, isProgramCall, type ReadCall, readCall, withoutLongBodies } from './noted-call.ts';

/** The oldest calls are forgotten beyond this. */
const MOST = 500;

interface KeptCall {
  /** Epoch seconds by the clock of the world. */
  readonly time: number;
  /** Milliseconds that the answer took. */
  readonly ms: number;
  /** The call is read when somebody looks: a world without readers is not slowed down by its log. */
  readonly read: () => ReadCall;
}

/** A call as it is shown. */
export interface LoggedCall {
  id: number;
  time: number;
  ms: number;
  facts: CallFacts;
}

interface Around {
  server(): Server;
  now(): number;
  wall: Pick<World['wall'], 'every'>;
}

export class WorldCalls {
  readonly #around: Around;
  readonly #kept: KeptList<KeptCall>;

  constructor(around: Around) {
    this.#around = around;
    this.#kept = new KeptList({ most: MOST }, around.wall);
  }

  note(incoming: HttpRequest, response: HttpResponse, ms: number): void {
    if (!isProgramCall(incoming, response)) return;
    const [request, answer] = withoutLongBodies(incoming, response);
    let known: ReadCall | undefined;
    const read = (): ReadCall => (known ??= readCall(request, answer, this.#around.server()));
    this.#kept.add({ time: this.#around.now(), ms, read });
  }

  /** The calls after this one, as soon as there is one, and none after so many milliseconds. */
  async wait(after: number, ms: number): Promise<LoggedCall[]> {
    const calls = await this.#kept.wait(after, ms);
    return calls.map(({ id, time, ms: took, read }) => ({ id, time, ms: took, facts: read().facts }));
  }

  /**
   * Explains how a kept call is answered now, with the token that it was made with. Nothing is changed by it.
   * @returns undefined where no such call is kept; the text of a refusal where it cannot be explained
   */
  async why(id: number): Promise<Explanation | string | undefined> {
    const call = this.#kept.get(id)?.read();
    if (!call) return undefined;
    const { secrets, facts } = call;
    const form = new URLSearchParams({ call: secrets.call, call_method: methodOf(facts) });
    if (secrets.token !== undefined) form.set('input_token', secrets.token);
    if (secrets.proof !== undefined) form.set('input_proof', secrets.proof);
    const { status, body } = await this.#around.server().handle({
      method: 'POST',
      host: 'localhost',
      scheme: 'https',
      path: '/why',
      query: '',
      headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(form.toString()),
      address: '127.0.0.1',
    });
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    if (status === 200) return parseJson(explanationShape, text);
    return parseJson(refusalShape, text)?.error.message ?? `It is answered with ${status}.`;
  }

  /** The world begins anew. */
  clear(): void {
    this.#kept.clear();
  }
}

const methodOf = ({ method }: CallFacts): string => (method === 'HEAD' ? 'GET' : method);

// The shape is that of our own answer: it is looked at no closer.
const explanationShape = (value: unknown): value is Explanation => shape.anyObject(value) && 'checks' in value;
const refusalShape = shape.object<{ error: { message: string } }>({
  error: shape.object<{ message: string }>({ message: shape.text }),
});
