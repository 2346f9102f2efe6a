// Advice tells the holder of a token what an answer of somebody else's Graph means: the catalogue read backwards.
// Unknown codes are treated by their class, and never taken for a revocation.
import { entriesOf } from '../keys.ts';
import { type CatalogueError, errors, type ErrorKey, type HolderAdvice } from './errors.ts';

/** The parts of an error answer that decide. */
export interface AnsweredError {
  code?: number | undefined;
  subcode?: number | undefined;
  message?: string;
}

export interface Advice {
  holder: HolderAdvice;
  /** The entry that fits, absent when the answer is only known by its class. */
  key?: ErrorKey;
}

/** The parts of a message between its parameters, in order. */
const partsOf = (message: string): string[] => message.split(/\{\w+\}/);

/**
 * True when a message is these parts with anything between them, so that another id or time does not matter. The first
 * place of each part is the right one, so the message is looked through once, however long somebody else's server made
 * it.
 */
function fits(message: string, [first = '', ...others]: readonly string[]): boolean {
  const last = others.pop();
  if (last === undefined) return message === first;
  if (!message.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = message.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return message.length >= at + last.length && message.endsWith(last);
}

const entries = entriesOf<Readonly<Record<ErrorKey, CatalogueError>>>(errors).map(([key, entry]) => ({
  key,
  entry,
  parts: partsOf(entry.message),
}));

/**
 * True for the codes by which a server asks for fewer calls. Others that advise waiting tell of a fault of its own, which
 * slower calls do not mend. Source: "Rate limits" and the error reference.
 */
export const asksForFewerCalls = (code: number | undefined): boolean =>
  code !== undefined && ([4, 9, 17, 32, 341, 613].includes(code) || (code >= 80_000 && code <= 80_099));

function holderOfClass(code: number | undefined): HolderAdvice {
  if (code === undefined) return 'fix_request';
  if (code === 190 || code === 102) return 'log_in_again';
  if (code === 10 || (code >= 200 && code <= 299)) return 'ask_permission';
  return [1, 2, 368].includes(code) || asksForFewerCalls(code) ? 'wait' : 'fix_request';
}

/** Says what to do about an error answer, by code and subcode, and by wording if several entries share both. */
export function adviceFor(answer: AnsweredError): Advice {
  const fitting = entries.filter(({ entry }) => entry.code === answer.code && entry.subcode === answer.subcode);
  const found =
    fitting.find((one) => fits(answer.message ?? '', one.parts)) ?? (fitting.length === 1 ? fitting[0] : undefined);
  return found ? { holder: found.entry.holder, key: found.key } : { holder: holderOfClass(answer.code) };
}
