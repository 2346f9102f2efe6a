// These messages go over the socket of the operator: one line of JSON each way.
import { shape } from '@hallpass/protocol';
import { type ExitName, exitCodes } from '../command-error.ts';
import type { ActOutput } from './platform-act.ts';

/** Bytes that a request may have: a seed file is the largest that comes. */
export const LONGEST_REQUEST = 16 * 1024 * 1024;

export interface OperatorRequest {
  act: string;
  input: Record<string, unknown>;
  /** The operator who asks: the name of a user on this machine. */
  by: string;
}

export const requestShape = shape.object<OperatorRequest>({
  act: shape.text,
  input: shape.anyObject,
  by: shape.text,
});

interface Done {
  output: ActOutput;
}

interface Refusal {
  refusal: { exit: ExitName; message: string };
}

export type OperatorAnswer = Done | Refusal;

export const answerShape = shape.either(
  shape.object<Done>({
    output: shape.object<ActOutput>({
      json: shape.anyObject,
      text: shape.text,
      fault: shape.optional(shape.text),
    }),
  }),
  shape.object<Refusal>({
    refusal: shape.object<Refusal['refusal']>({ exit: shape.keyOf(exitCodes), message: shape.text }),
  }),
);
