// An order is given by the name of its fault, over the control interface and in seed files alike; everything that the name
// lacks or does not have is told with the part of the order that it is about.
import type { ErrorKey } from '@hallpass/protocol';
import { type ConnectionFaultName, connectionFaultNames, entryOf } from './connection-faults.ts';
import {
  faultWords,
  isErrorKey,
  isFaultWord,
  isTokenFault,
  lengthOfTokens,
  tokenFaults,
  usualStep,
} from './fault-names.ts';
import { missingParams, type NewErrorOrder, type NewFaultOrder } from './fault-orders.ts';

/** A part of an order is wrong. */
export class WrongOrder extends Error {
  readonly part: 'fault' | 'step' | 'token' | 'after' | 'params' | 'attributes' | 'times';

  constructor(part: WrongOrder['part'], message: string) {
    super(message);
    this.part = part;
  }
}

export interface NamedFault {
  /** An error of the catalogue, a word for one token, or a fault of the connection. */
  fault: string;
  step?: NewErrorOrder['step'] | undefined;
  token?: string | undefined;
  /** Seconds. */
  after?: number | undefined;
  params?: Record<string, string> | undefined;
  attributes?: Record<string, number> | undefined;
  times?: number | undefined;
}

const isConnectionFault = (name: string): name is ConnectionFaultName =>
  connectionFaultNames.some((one) => one === name);

/** The name as the tables spell it: that of a fault of the connection in any case. @throws WrongOrder for one that is none */
export function faultNamed(name: string): string {
  const exact = connectionFaultNames.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
  if ([isErrorKey, isFaultWord, isConnectionFault, isTokenFault].some((is) => is(exact))) return exact;
  throw new WrongOrder(
    'fault',
    `there is no fault ${name}: hallpass fault list --available (GET faults/available) lists all`,
  );
}

/** The order that is asked for by a name, for every request. @throws WrongOrder */
export function orderNamed({
  fault,
  step,
  token,
  after,
  params = {},
  attributes = {},
  times,
}: NamedFault): NewFaultOrder {
  const name = faultNamed(fault);
  if (isConnectionFault(name))
    return { connection: { name, attributes: attributesOf(name, entryOf(name), attributes) } };
  // A token is also sealed for each code, so what is made cannot be counted by what is given.
  if (isTokenFault(name) && times !== undefined)
    throw new WrongOrder('times', `${name} holds for every new token until it is cleared`);
  if (isTokenFault(name)) return { tokens: { length: lengthIn(attributesOf(name, tokenFaults[name], attributes)) } };
  if (isFaultWord(name)) {
    if (token === undefined) throw new WrongOrder('token', `${name} is about one token`);
    if (name === 'expire-after' && after === undefined) throw new WrongOrder('after', 'is needed, such as 60 or 90m');
    return { ...faultWords[name].order };
  }
  if (!isErrorKey(name)) throw new WrongOrder('fault', `there is no fault ${name}`);
  return errorOrder(name, step ?? usualStep(name), params);
}

/** @throws WrongOrder where the message of the error needs more */
export function errorOrder(
  error: ErrorKey,
  step: NewErrorOrder['step'],
  params: Record<string, string>,
): NewErrorOrder {
  const missing = missingParams(error, params);
  if (missing.length > 0) throw new WrongOrder('params', `the error needs ${missing.join(', ')}`);
  return { step, error, params };
}

/** A number for each attribute. @throws WrongOrder for one that the fault does not have */
function attributesOf(
  name: string,
  { attributes: usual }: { attributes: Readonly<Record<string, number>> },
  given: Record<string, number>,
): Record<string, number> {
  const known = Object.keys(usual);
  const strange = Object.keys(given).filter((one) => !known.includes(one));
  if (strange.length > 0)
    throw new WrongOrder(
      'attributes',
      `${name} has ${known.length === 0 ? 'none' : known.join(', ')}, and not ${strange.join(', ')}`,
    );
  return { ...usual, ...given };
}

/** @throws WrongOrder for a length that no token has */
function lengthIn({ length = 0 }: Record<string, number>): number {
  const { least, most } = lengthOfTokens;
  if (Number.isInteger(length) && length >= least && length <= most) return length;
  throw new WrongOrder('attributes', `length must be a whole number from ${least} to ${most}`);
}
