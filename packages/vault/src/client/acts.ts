// The acts and states that end tokens, by name.
import {
  type InvalidationName,
  invalidations,
  keysOf,
  type RefusingStateName,
  refusingStates,
} from '@hallpass/protocol';

/** An act or a state that ends tokens. */
export type ActName = InvalidationName | RefusingStateName;

/** The names of acts and states that end tokens. */
export const actNames: readonly ActName[] = [...keysOf(invalidations), ...keysOf(refusingStates)];
