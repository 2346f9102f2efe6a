// Refusals can be ordered of a world: which error, at which step of which requests, how often.
import { type ErrorKey, errors } from '@hallpass/protocol';
import { type FaultPoint, type Faults, type FaultStep, faultSteps, OrderedFault } from '@hallpass/server';

/** An order is given to requests that fit this; a part that is left out fits always. */
interface FaultFilter {
  app?: string | undefined;
  person?: string | undefined;
  /** The Page whose token calls, or that the path names. */
  page?: string | undefined;
  token?: string | undefined;
  method?: string | undefined;
  /** `*` is one segment, `**` at the end is all that follow. */
  path?: string | undefined;
}

export interface NewFaultOrder extends FaultFilter {
  step: FaultStep;
  error: ErrorKey;
  /** Fills in the placeholders of the message. */
  params?: Record<string, string>;
  /** The status of the answer; that of the error where it is not given. */
  status?: number | undefined;
  /** The number of requests that are refused; without end where it is not given. */
  times?: number | undefined;
}

export interface FaultOrder extends NewFaultOrder {
  readonly id: string;
  given: number;
}

const isStep = (name: string): name is FaultStep => Object.hasOwn(faultSteps, name);
export const faultStepNames: readonly FaultStep[] = Object.keys(faultSteps).filter(isStep);

/** The placeholders of the message that nothing is given for. */
export const missingParams = (error: ErrorKey, params: Readonly<Record<string, string>>): string[] =>
  [...errors[error].message.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) =>
    Object.hasOwn(params, name) ? [] : [name],
  );

export class FaultOrders implements Faults {
  readonly #orders: FaultOrder[] = [];
  #made = 0;
  readonly #changed: (faults: Faults | undefined) => void;

  /** @param changed is told of the faults in force, `undefined` where there are none: then nothing asks for them */
  constructor(changed: (faults: Faults | undefined) => void) {
    this.#changed = changed;
  }

  add(order: NewFaultOrder): FaultOrder {
    const added = { ...order, id: `f${++this.#made}`, given: 0 };
    this.#orders.push(added);
    this.#changed(this);
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
    if (this.#orders.length === 0) this.#changed(undefined);
    return true;
  }

  /** @returns how many there were */
  clear(): number {
    const removed = this.#orders.splice(0).length;
    this.#changed(undefined);
    return removed;
  }

  take(step: FaultStep, point: FaultPoint): OrderedFault | undefined {
    const order = this.#orders.find((one) => one.step === step && fits(one, point));
    if (!order) return undefined;
    order.given++;
    if (order.given === order.times) this.remove(order.id);
    return new OrderedFault(order.id, order.error, order.params ?? {}, order.status);
  }
}

function fits({ app, person, page, token, method, path }: FaultFilter, point: FaultPoint): boolean {
  return (
    (app === undefined || app === point.app) &&
    (person === undefined || person === point.person) &&
    (page === undefined || page === point.page || point.path.split('/').includes(page)) &&
    (token === undefined || token === point.token) &&
    (method === undefined || method === point.method) &&
    (path === undefined || fitsPath(path.replace(/^\//, '').split('/'), point.path.split('/')))
  );
}

function fitsPath(pattern: readonly string[], path: readonly string[]): boolean {
  const open = pattern.at(-1) === '**';
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (open ? path.length < fixed.length : path.length !== fixed.length) return false;
  return fixed.every((segment, at) => segment === '*' || segment === path[at]);
}
