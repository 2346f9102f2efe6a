// Calls to the servers of apps, on their way out of a world: each is kept to be looked at and sent again, and all can be
// led to another address of this machine.
import type { World } from '@hallpass/server';
import { KeptList } from '../kept-list.ts';

type Outbound = NonNullable<World['outbound']>;
type OutboundRequest = Parameters<Outbound['send']>[0];
type OutboundAnswer = Awaited<ReturnType<Outbound['send']>>;

/** One call, and what came back. */
export interface Delivery {
  readonly id: number;
  /** Epoch seconds by the clock of the world. */
  readonly time: number;
  readonly request: OutboundRequest;
  /** The address that it went to. */
  readonly to: string;
  readonly answer: OutboundAnswer;
}

/** The oldest are forgotten beyond this. */
const MOST = 200;

interface Around {
  outbound: Outbound;
  now(): number;
  wall: Pick<World['wall'], 'every'>;
}

export class Deliveries implements Outbound {
  readonly #around: Around;
  readonly #kept: KeptList<Omit<Delivery, 'id'>>;
  #forwardTo: URL | undefined;

  constructor(around: Around) {
    this.#around = around;
    this.#kept = new KeptList({ most: MOST }, around.wall);
  }

  get forwardTo(): string | undefined {
    return this.#forwardTo?.href;
  }

  /** Leads every call to this address; one without a path keeps the path of each call. Undefined ends it. */
  forward(to: URL | undefined): void {
    this.#forwardTo = to;
  }

  /** The calls after this one, oldest first. */
  list(after = 0): Delivery[] {
    return this.#kept.list(after);
  }

  /** The number of the last call; 0 before the first. */
  get last(): number {
    return this.#kept.last;
  }

  /** The calls after this one, as soon as there is one, and none after so many milliseconds. */
  wait(after: number, ms: number): Promise<Delivery[]> {
    return this.#kept.wait(after, ms);
  }

  async send(request: OutboundRequest): Promise<OutboundAnswer> {
    return (await this.#deliver(request)).answer;
  }

  /** Sends a call again, byte by byte as it was; undefined where none of that number is kept. */
  async replay(id: number): Promise<Delivery | undefined> {
    const kept = this.#kept.get(id);
    return kept && this.#deliver(kept.request);
  }

  /** The world begins anew. */
  clear(): void {
    this.#kept.clear();
  }

  async #deliver(request: OutboundRequest): Promise<Delivery> {
    const to = this.#forwardTo === undefined ? request.url : forwarded(request.url, this.#forwardTo);
    const reach = this.#forwardTo === undefined ? request.reach : 'local';
    const answer = await this.#around.outbound.send({ ...request, url: to, reach });
    return this.#kept.add({ time: this.#around.now(), request, to, answer });
  }
}

function forwarded(url: string, to: URL): string {
  const { pathname, search } = new URL(url);
  const address = new URL(to);
  if (address.pathname === '/') address.pathname = pathname;
  if (search !== '') address.search = search;
  return address.href;
}
