// What a declaration's own function is handed: the call, who asks, and the means to answer.
import type { Kysely } from 'kysely';
import type { Call, Incoming } from '../http/call.ts';
import { change, type Change } from '../liveness/change.ts';
import type { DebugMessage } from '../http/answer.ts';
import type { Installation } from '../liveness/installation.ts';
import type { Schema } from '../store/schema.ts';
import type { Tab } from '../usage/tab.ts';
import { Findings } from './findings.ts';
import type { Graph } from './schema.ts';
import type { Viewer } from './viewer.ts';

/** One rule that was evaluated, for `--explain` and the Explorer's "why". */
export interface Trace {
  step: string;
  rule?: string;
  outcome: string;
}

export interface Context {
  readonly installation: Installation;
  readonly graph: Graph;
  readonly call: Call;
  readonly viewer: Viewer;
  /** Protocol time of this call, epoch seconds. */
  readonly now: number;
  /** Reads; changes go through `change`. */
  readonly q: Kysely<Schema>;
  readonly debug: DebugMessage[];
  /** What the call runs up against limits. */
  readonly tab: Tab;
  readonly trace: Trace[] | undefined;
  /** What an explanation of the answer is made of. */
  readonly findings: Findings;
  /** Reads a call within this one, on its budget. */
  readonly parse: ParseInner;
  /** How deep field expansion has gone. */
  readonly depth: number;
}

/** Makes a call of a request inside another one. @throws Refusal of the parser */
export type ParseInner = (incoming: Incoming, outer: Call) => Call | Promise<Call>;

export interface CallOptions {
  parse: ParseInner;
  findings?: Findings;
  trace?: Trace[] | undefined;
}

export const contextOf = (
  installation: Installation,
  graph: Graph,
  call: Call,
  viewer: Viewer,
  tab: Tab,
  { findings = new Findings(), parse, trace }: CallOptions,
): Context => ({
  installation,
  graph,
  call,
  viewer,
  now: installation.world.clock.now(),
  q: installation.db.read,
  debug: [],
  tab,
  trace,
  findings,
  parse,
  depth: 0,
});

/** A durable change on behalf of this call. */
export const changeIn = <T>(context: Context, make: (change: Change) => Promise<T>): Promise<T> => change(context.installation, make);
