// Findings are what one call came upon on its way that a later explanation is made of: the rule that refused it, what
// lists left out, and how far it came. Kept beside the context, because the context of a refused call is gone when its
// error arrives.
import type { CauseName, Requirement, Verdict } from '@hallpass/protocol';
import type { Maybe } from '../../installation/maybe.ts';
import type { OpenedCredential } from '../../liveness/open-token.ts';
import type { Context } from '../language/context.ts';
import type { Target } from '../language/schema.ts';

/** A requirement that was evaluated for a target and not met. */
export interface FailedJudgement {
  requirement: Requirement;
  target: Target;
  verdict: Extract<Verdict, { ok: false }>;
  /** The field or edge that was left out for it. */
  about?: string;
}

/** Rows that a list left out for one reason. */
interface Omission {
  cause: CauseName;
  count: number;
  /** False where the app must not learn how many there are: they are things that the person did not show it. */
  told: boolean;
}

const MOST_LEFT_OUT = 20;

export class Findings {
  /** True where nothing may be changed: the call ends before a change would be made. */
  readonly dryRun: boolean;
  /** Set once it is known who calls. */
  context: Context | undefined;
  refused: FailedJudgement | undefined;
  readonly leftOut: FailedJudgement[] = [];
  readonly omissions: Omission[] = [];
  /** Tokens that were handed over: each is opened, and counted as a guess, once in a call. */
  inspected: Map<string, Maybe<OpenedCredential>> | undefined;

  constructor(dryRun = false) {
    this.dryRun = dryRun;
  }

  noteLeftOut(judgement: FailedJudgement): void {
    if (this.leftOut.length < MOST_LEFT_OUT) this.leftOut.push(judgement);
  }

  noteOmission(cause: CauseName, count: number, told: boolean): void {
    if (count > 0 && this.omissions.length < MOST_LEFT_OUT) this.omissions.push({ cause, count, told });
  }
}
