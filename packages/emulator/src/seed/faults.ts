// Faults of a seed file: read as orders for a world that begins, and written from the orders in force.
import { type FaultOrder, type NewFaultOrder, remainingOf } from '../faults/fault-orders.ts';
import { usualStep } from '../faults/fault-names.ts';
import { orderNamed } from '../faults/named-order.ts';
import type { Directory } from './directory.ts';
import { oneNamed } from './references.ts';
import type { SeedFile } from './shape.ts';

/** An order that stands from the beginning of a world. */
export interface SeedFault {
  order: NewFaultOrder;
  /** Seconds after the beginning, from which on it is given; at once where it is not there. */
  after?: number;
}

/** @param directory of the same file, in which every reference was found */
export function faultsOf(file: SeedFile, directory: Directory): SeedFault[] {
  const idOf = (kind: 'people' | 'apps' | 'pages', word: string | undefined): string | undefined =>
    word === undefined ? undefined : (oneNamed(directory, kind, word)?.id ?? word);
  return file.faults.map((given) => {
    const { fault: _fault, step: _step, params: _params, attributes: _attributes, after, ...filter } = given;
    const chosen = {
      ...filter,
      app: idOf('apps', given.app),
      person: idOf('people', given.person),
      page: idOf('pages', given.page),
    };
    const defined = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
    return { order: { ...orderNamed(given), ...defined }, ...(after === undefined ? {} : { after }) };
  });
}

/**
 * An order as a seed file has it. @param now by the clock of the world; @returns undefined for one about a token, which
 * belongs to the world that made it
 */
export function faultInFile(order: FaultOrder, now: number): Record<string, unknown> | undefined {
  const { times, from, token, ...rest } = remainingOf(order);
  if (token !== undefined) return undefined;
  const common = {
    times,
    after: from === undefined || from <= now ? undefined : `${from - now}s`,
  };
  if ('connection' in rest) {
    const { connection, ...filter } = rest;
    return { fault: connection.name, attributes: connection.attributes, ...filter, ...common };
  }
  if ('tokens' in rest) {
    const { tokens, ...filter } = rest;
    return { fault: 'token-length', attributes: tokens, ...filter, ...common };
  }
  const { error, step, params = {}, ...filter } = rest;
  return {
    fault: error,
    step: step === usualStep(error) ? undefined : step,
    params: Object.keys(params).length > 0 ? params : undefined,
    ...filter,
    ...common,
  };
}
