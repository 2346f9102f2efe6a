// Faults can be ordered of a world: a refusal at a step of requests, or something that goes wrong on the way of an answer;
// for which requests, how often.
import { AsyncLocalStorage } from 'node:async_hooks';
import { type ErrorKey, errors, type Random, sessionTime } from '@hallpass/protocol';
import {
  type FaultPoint,
  type Faults,
  type FaultStep,
  faultSteps,
  type HttpRequest,
  OrderedFault,
} from '@hallpass/server';
import type { ConnectionFault } from './connection-faults.ts';
import { type FaultFilter, type FaultRequest, fits } from './fault-filter.ts';

interface FaultLimit {
  /** The number of requests that it is given to; by default, every time. */
  times?: number | undefined;
}

/** A refusal of the catalogue at a step of requests. */
export interface NewErrorOrder extends FaultFilter, FaultLimit {
  step: FaultStep;
  error: ErrorKey;
  /** Fills in the placeholders of the message. */
  params?: Record<string, string>;
  /** The status of the answer; that of the error where it is not given. */
  status?: number | undefined;
}

/** A true answer that does not come as it should. */
interface NewConnectionOrder extends FaultFilter, FaultLimit {
  connection: ConnectionFault;
}

/** A property of tokens that are made while it is in force. */
interface NewTokenOrder extends FaultFilter, FaultLimit {
  tokens: { length: number };
}

export type NewFaultOrder = NewErrorOrder | NewConnectionOrder | NewTokenOrder;

export type FaultOrder = NewFaultOrder & {
  readonly id: string;
  given: number;
};

/** An order without what was given of it already. */
export function remainingOf({ id: _id, given, ...order }: FaultOrder): NewFaultOrder {
  return order.times === undefined ? order : { ...order, times: order.times - given };
}

const isStep = (name: string): name is FaultStep => Object.hasOwn(faultSteps, name);
export const faultStepNames: readonly FaultStep[] = Object.keys(faultSteps).filter(isStep);

/** These placeholders are filled in when the error is given. */
const filled = ['expired', 'now'];

/** The placeholders of the message that nothing is given for. */
export const missingParams = (error: ErrorKey, params: Readonly<Record<string, string>>): string[] =>
  [...errors[error].message.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) =>
    Object.hasOwn(params, name) || filled.includes(name) ? [] : [name],
  );

interface Around {
  /** Epoch seconds by the clock of the world. */
  now(): number;
  random: Random;
  /** Is told of the faults in force, `undefined` where there are none: then nothing asks for them. */
  changed(faults: Faults | undefined): void;
}

/** Orders that are remembered after they were given as often as they should. */
const MOST_SPENT = 50;

export class FaultOrders implements Faults {
  readonly #orders: FaultOrder[] = [];
  #made = 0;
  readonly #around: Around;
  /** The request under way: steps deep inside know nothing of its headers. */
  readonly #request = new AsyncLocalStorage<HttpRequest>();
  readonly #paused = new AsyncLocalStorage<true>();
  readonly #spent: FaultOrder[] = [];

  constructor(around: Around) {
    this.#around = around;
  }

  add(order: NewFaultOrder): FaultOrder {
    const added = { ...order, id: `f${++this.#made}`, given: 0 };
    this.#orders.push(added);
    this.#around.changed(this);
    return added;
  }

  list(): readonly FaultOrder[] {
    return this.#orders;
  }

  /** @returns false where there is no such order */
  remove(id: string): boolean {
    const at = this.#orders.findIndex((order) => order.id === id);
    if (at < 0) return false;
    this.#orders.splice(at, 1);
    if (this.#orders.length === 0) this.#around.changed(undefined);
    return true;
  }

  /** @returns how many there were */
  clear(): number {
    const removed = this.#orders.splice(0).length;
    this.#spent.length = 0;
    this.#around.changed(undefined);
    return removed;
  }

  /** Answers a request so that orders for its headers find it. */
  during<T>(incoming: HttpRequest, answer: () => Promise<T>): Promise<T> {
    return this.#orders.some(({ header }) => header !== undefined) ? this.#request.run(incoming, answer) : answer();
  }

  /** Runs something of our own, which no order is for. */
  without<T>(act: () => Promise<T>): Promise<T> {
    return this.#paused.run(true, act);
  }

  /** The last orders that were given as often as they should, the latest first. */
  spent(): readonly FaultOrder[] {
    return this.#spent;
  }

  take(step: FaultStep, point: FaultPoint): OrderedFault | undefined {
    if (this.#paused.getStore()) return undefined;
    const request = this.#about(this.#request.getStore());
    const order = this.#orders.find((one) => 'step' in one && one.step === step && fits(one, point, request));
    if (!order || !('step' in order)) return undefined;
    this.#give(order);
    const { now } = request;
    const moments = { expired: sessionTime(order.from ?? now), now: sessionTime(now) };
    return new OrderedFault(order.id, order.error, { ...moments, ...order.params }, order.status);
  }

  /** The length that is ordered for a new token of this app, person and Page; it counts as given. */
  takeTokenLength(point: Pick<FaultPoint, 'app' | 'person' | 'page'>): number | undefined {
    if (!this.#orders.some((one) => 'tokens' in one)) return undefined;
    const request = this.#about(this.#request.getStore());
    const order = this.#orders.find((one) => 'tokens' in one && fits(one, { method: '', path: '', ...point }, request));
    if (!order || !('tokens' in order)) return undefined;
    this.#give(order);
    return order.tokens.length;
  }

  /** The fault on the way of the answer to this request, if one is ordered; it counts as given. */
  takeConnection(incoming: HttpRequest, point: () => FaultPoint): (ConnectionFault & { order: string }) | undefined {
    if (!this.#orders.some((one) => 'connection' in one)) return undefined;
    const [at, request] = [point(), this.#about(incoming)];
    const order = this.#orders.find((one) => 'connection' in one && fits(one, at, request));
    if (!order || !('connection' in order)) return undefined;
    this.#give(order);
    return { ...order.connection, order: order.id };
  }

  #about(incoming: HttpRequest | undefined): FaultRequest {
    const { now, random } = this.#around;
    return {
      now: now(),
      headers: incoming?.headers,
      chance: () => Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32,
    };
  }

  #give(order: FaultOrder): void {
    order.given++;
    if (order.given !== order.times) return;
    this.remove(order.id);
    this.#spent.unshift(order);
    if (this.#spent.length > MOST_SPENT) this.#spent.pop();
  }
}
