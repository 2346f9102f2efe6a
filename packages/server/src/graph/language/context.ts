// The context is what a declaration's own function is handed: the call, who asks, and the means to answer.
import type { GraphRequest, HttpRequest } from '../../wire/call.ts';
import { change, type Change } from '../../liveness/change.ts';
import type { DebugMessage } from '../../wire/answer.ts';
import type { Installation } from '../../installation/installation.ts';
import type { Query } from '../../store/query.ts';
import type { CallUsage } from '../../usage/call-usage.ts';
import { Findings } from '../authorisation/findings.ts';
import type { Graph } from './schema.ts';
import type { KnownViewer, Viewer } from '../authentication/viewer.ts';

/** One rule that was evaluated, for `--explain` and the Explorer's "why". */
export interface Trace {
  step: string;
  rule?: string;
  outcome: string;
}

/** @typeParam V what is known of who asks: `KnownViewer` wherever a requirement was met */
export interface Context<V extends Viewer = Viewer> {
  readonly installation: Installation;
  readonly graph: Graph;
  readonly call: GraphRequest;
  readonly viewer: V;
  /** Protocol time of this call, epoch seconds. */
  readonly now: number;
  /** Reads; changes go through `change`. */
  readonly q: Query;
  readonly debug: DebugMessage[];
  /** The amounts that the call runs up against limits. */
  readonly tab: CallUsage;
  readonly trace: Trace[] | undefined;
  /** The findings that an explanation of the answer is made of. */
  readonly findings: Findings;
  /** Reads a call within this one, on its budget. */
  readonly parse: ParseInner;
  /** The depth of field expansion so far. */
  readonly depth: number;
}

/** Makes a call of a request inside another one. @throws GraphError of the parser */
export type ParseInner = (incoming: HttpRequest, outer: GraphRequest) => GraphRequest | Promise<GraphRequest>;

export interface CallOptions {
  parse: ParseInner;
  findings?: Findings;
  trace?: Trace[] | undefined;
}

export const contextOf = (
  installation: Installation,
  graph: Graph,
  call: GraphRequest,
  viewer: Viewer,
  tab: CallUsage,
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

/** True when somebody asks: true behind every requirement but `anyone`. */
export const isKnown = (context: Context): context is Context<KnownViewer> => context.viewer.kind !== 'none';

/** A durable change on behalf of this call. */
export const changeIn = <T>(context: Context, make: (change: Change) => Promise<T>): Promise<T> =>
  change(context.installation, make);
