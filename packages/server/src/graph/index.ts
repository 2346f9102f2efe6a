// A call is answered step by step: authenticate → find → authorise → resolve → render. Each step is a function in a
// file of its name; this is the list.
import type { HttpResponse } from '../wire/answer.ts';
import type { GraphRequest, HttpRequest } from '../wire/call.ts';
import type { Installation } from '../installation/installation.ts';
import { attempt, type Maybe } from '../installation/maybe.ts';
import type { CallUsage } from '../usage/call-usage.ts';
import { authenticate } from './authentication/authenticate.ts';
import { type CallOptions, type Context, contextOf } from './language/context.ts';
import { dispatch } from './dispatch.ts';
import { throwOrderedFault } from './faults.ts';
import type { Graph } from './language/schema.ts';
import { serveVersionOf } from './served-version.ts';
import { nobody, type Viewer } from './authentication/viewer.ts';

interface GraphResult {
  value: unknown;
  context: Context;
}

/** Finds out who asks; a batch passes a memory, so that its members open the same token once. */
export type Authenticate = (call: GraphRequest) => Maybe<Viewer>;

/** A way in without a token: who asks was found out before. */
export interface Admission {
  /** The viewer of one call; may refuse what it brings along. */
  who: Authenticate;
}

/** The Graph as a function of what a socket, an item of a batch or a door of ours brings. */
export type AnswerGraph = (incoming: HttpRequest, admitted?: Admission) => Promise<HttpResponse>;

/** Answers one call (not a batch) as a value. @throws GraphError */
export async function answerCall(
  installation: Installation,
  graph: Graph,
  call: GraphRequest,
  who: Authenticate,
  tab: CallUsage,
  options: CallOptions,
): Promise<GraphResult> {
  const operation = graph.operations.get(`${call.method} ${call.segments.join('/')}`);
  const also = operation?.proofAlsoOver === undefined ? undefined : call.params[operation.proofAlsoOver];
  if (typeof also === 'string') call.proofAlsoOver = also;
  const found = operation?.ownCredentials ? nobody : who(call);
  const viewer = found instanceof Promise ? await found : found;
  options.trace?.push({
    step: 'authenticate',
    outcome: viewer.kind === 'none' ? 'no token' : `a ${viewer.kind} token of app ${viewer.app?.id}`,
  });
  if (viewer.app) serveVersionOf(viewer.app, installation, call, viewer.appRoles.length > 0);
  const context = contextOf(installation, graph, call, viewer, tab, options);
  context.findings.context = context;
  try {
    if (viewer.kind !== 'none') throwOrderedFault(context, 'graph.authenticated');
    const answered = dispatch(context);
    const value = answered instanceof Promise ? await answered : answered;
    throwOrderedFault(context, 'graph.answered');
    return { value, context };
  } catch (error) {
    // Refused before it was counted: what leads nowhere counts to the app, so that nobody can search without a limit.
    if (tab.charged.length === 0 && !tab.limited) await installation.usage.charge(tab, viewer);
    throw error;
  }
}

export const authenticateAnew =
  (installation: Installation): Authenticate =>
  (call) =>
    authenticate(installation, call);

/** Opens each token (with its proof) once. */
export function authenticateOnce(installation: Installation): Authenticate {
  const bare = new Map<string, Maybe<Viewer>>();
  const proven = new Map<string, Maybe<Viewer>>();
  return (call) => {
    const { credential, proof, proofTime, proofAlsoOver } = call;
    const known = proof === undefined && proofTime === undefined ? bare : proven;
    const key = known === bare ? (credential ?? '') : JSON.stringify([credential, proof, proofTime, proofAlsoOver]);
    let viewer = known.get(key);
    if (!viewer) {
      viewer = attempt(() => authenticate(installation, call));
      known.set(key, viewer);
    }
    return viewer;
  };
}
