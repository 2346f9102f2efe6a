// Faults that are asked for by one name: an error of the catalogue, a fault of the connection, or a word for what people
// write servers of their own for.
import { type ErrorKey, errors } from '@hallpass/protocol';
import type { FaultStep } from '@hallpass/server';
import type { NewErrorOrder } from './fault-orders.ts';

/** Words of their own for one token. */
export const faultWords = {
  '401-once': {
    doc: 'The token is refused once with HTTP 401 (190/467), and works after that.',
    order: { step: 'graph.authenticated', error: 'token.logged_out', status: 401, times: 1 },
  },
  'always-refused': {
    doc: 'The token is refused with HTTP 403 (10) every time.',
    order: { step: 'graph.authenticated', error: 'permission.denied', status: 403 },
  },
  'expire-after': {
    doc: 'The token works for the time in `after`, and is expired from then on (190/463).',
    order: { step: 'graph.authenticated', error: 'token.session_expired' },
  },
} as const satisfies Record<string, { doc: string; order: NewErrorOrder }>;

/** Faults of tokens that are made while one is in force. Those work, whatever an app does with them. */
export const tokenFaults = {
  'token-length': {
    doc: 'New tokens have `length` characters, from 60 to 4000. They work: see what a column or a field makes of them.',
    attributes: { length: 1000 },
  },
} as const satisfies Record<string, { doc: string; attributes: Readonly<Record<string, number>> }>;

export const lengthOfTokens = { least: 60, most: 4000 } as const;

type FaultWord = keyof typeof faultWords;

/** By the first part of its key, the step at which an error comes when nothing else is said. */
const usualSteps: Readonly<Record<string, FaultStep>> = {
  token: 'graph.authenticated',
  code: 'token.checked',
  secret: 'token.checked',
  exchange: 'token.checked',
  redirect: 'token.checked',
  device: 'token.checked',
};

export const usualStep = (error: ErrorKey): FaultStep => usualSteps[error.split('.', 1)[0] ?? ''] ?? 'graph.authorised';

export const isErrorKey = (name: string): name is ErrorKey => Object.hasOwn(errors, name);
export const isTokenFault = (name: string): name is keyof typeof tokenFaults => Object.hasOwn(tokenFaults, name);
export const isFaultWord = (name: string): name is FaultWord => Object.hasOwn(faultWords, name);
