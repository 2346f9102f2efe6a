// This module turns the bytes of a Graph call into the bytes of its answer: parse, answer or run the batch, write the
// envelope.
import { type ErrorKey, type Explanation, GraphError, graphError, versions } from '@hallpass/protocol';
import { plainEnvelope } from '@hallpass/protocol/request';
import { runBatch, showsHeaders } from '../graph/batch/batch.ts';
import {
  type Admission as GraphAdmission,
  type AnswerGraph,
  type Authenticate,
  answerCall,
  authenticateAnew,
  authenticateOnce,
} from '../graph/index.ts';
import { Redirect } from '../graph/rendering/redirect.ts';
import { serveNamedVersion, versionWarning } from '../graph/served-version.ts';
import { Findings } from '../graph/authorisation/findings.ts';
import { logCall, messagesOf, whyItFailed, whyItIsShort } from '../graph/why/of-call.ts';
import type { ParseInner, Trace } from '../graph/language/context.ts';
import type { Graph } from '../graph/language/schema.ts';
import { servesBatches } from '../hosts.ts';
import type { Installation } from '../installation/installation.ts';
import type { HttpResponse } from '../wire/answer.ts';
import type { GraphRequest, HttpRequest } from '../wire/call.ts';
import { FAULT_HEADER, OrderedFault } from '../wire/faults.ts';
import { parse } from '../parse/parse.ts';
import type { CallFailure } from '../usage/call-usage.ts';
import { askedBeforeParsing, createResponder } from './respond.ts';
import { traceIds } from './trace-ids.ts';
import { AppId } from '../store/ids.ts';

/** Is called after every Graph call that was answered, by usage counters and the log. It must not throw. */
export type RequestNote = (call: GraphRequest, status: number) => void;

/**
 * These faults of calls that cannot be understood are noted: they may be tries to have one reader see another value
 * (threats IV-01, IV-04).
 */
const notedFaults: Partial<Record<ErrorKey, string>> = {
  'param.duplicate': 'duplicate_param',
  'token.two_credentials': 'two_credentials',
};

/** The numbers by which a call that failed is counted; what is no answer of the Graph is a bug, and counts as code 1. */
function failureOf(error: unknown): CallFailure {
  if (!(error instanceof GraphError)) return { code: 1, subcode: undefined };
  const { code, subcode } = error.entry;
  return { code, subcode };
}

export function graphHandler(installation: Installation, graph: Graph, noted?: RequestNote): AnswerGraph {
  const { world, settings, usage } = installation;
  const newTraceId = traceIds(world.random);
  const responder = createResponder({
    revision: '1',
    explain: world.explainRefusals === true,
    onBug: (error, traceId) =>
      world.log('error', 'server.bug', { traceId, error: error instanceof Error ? error.stack : String(error) }),
    statusOf: (refusal, asked) =>
      refusal.entry.code === 190 &&
      settings.statusOf190InHeader === 401 &&
      'credentialPlace' in asked &&
      asked.credentialPlace === 'header'
        ? 401
        : refusal.status,
  });
  const anew = authenticateAnew(installation);
  const parseOptions = (traceId: string, outer?: GraphRequest) => ({
    traceId,
    defaultVersion: versions.default,
    batchMember: outer !== undefined,
    ...(outer ? { work: outer.work } : {}),
    ...(settings.publicUrl !== undefined && settings.baseDomain === undefined
      ? { publicBase: settings.publicUrl }
      : {}),
  });

  const parseInner: ParseInner = (incoming, outer) =>
    parse(incoming, { ...parseOptions(outer.traceId), defaultVersion: outer.version, work: outer.work });

  const oauthErrors = (path: string): boolean =>
    graph.oauthErrors.has(path.replace(/^\/(?:v\d+\.\d+\/)?/, '').replace(/\/$/, ''));

  const one = async (
    incoming: HttpRequest,
    who: Authenticate,
    admitted?: GraphAdmission,
    outer?: GraphRequest,
    files?: GraphRequest['files'],
  ): Promise<HttpResponse> => {
    const traceId = newTraceId();
    let call: GraphRequest;
    try {
      const parsed = parse(incoming, parseOptions(traceId, outer));
      call = parsed instanceof Promise ? await parsed : parsed;
    } catch (error) {
      const reason = error instanceof GraphError ? notedFaults[error.key] : undefined;
      if (reason) world.log('info', 'token.rejected', { outcome: 'refused', reason, traceId });
      return responder.failure(
        askedBeforeParsing(incoming, { traceId, version: outer?.version ?? versions.default }),
        error,
        {
          oauthErrors: oauthErrors(incoming.path),
        },
      );
    }
    if (files) call.files = files;
    if (outer && call.credential === undefined) {
      call.credential = outer.credential;
      call.credentialPlace = outer.credentialPlace;
      if (call.proof === undefined && call.proofTime === undefined) {
        call.proof = outer.proof;
        call.proofTime = outer.proofTime;
      }
      if (!call.versioned) call.version = outer.version;
    }
    return answerOne(call, incoming, {
      who,
      admitted,
      member: outer !== undefined,
      headersShown: outer === undefined || showsHeaders(outer),
    });
  };

  const answerOne = async (
    call: GraphRequest,
    incoming: HttpRequest,
    { who, admitted, member, headersShown }: HandlerOptions,
  ): Promise<HttpResponse> => {
    const trace: Trace[] | undefined =
      world.explainRefusals && incoming.headers['x-hallpass-explain'] !== undefined ? [] : undefined;
    const tab = usage.open();
    const findings = new Findings();
    let answer: HttpResponse;
    let failure: CallFailure | undefined;
    let why: Explanation | undefined;
    try {
      serveNamedVersion(installation, call);
      // The checks of a request without a token have found its true verb (threats IV-10).
      if (admitted && !member && call.method !== verbOf(incoming))
        throw graphError('param.method', { method: call.method.toLowerCase() });
      if (call.params.batch !== undefined && call.params.batch !== '' && call.method === 'POST') {
        if (member) throw graphError('batch.unreadable');
        if (!servesBatches(incoming.host)) throw graphError('batch.host');
        await demandBatchApp(installation, call);
        const once = admitted?.who ?? authenticateOnce(installation);
        if (call.credential !== undefined) usage.frame(tab, (await once(call)).app);
        const slots = await runBatch(call, incoming, {
          one: (item, waited, files) => one(item, waited && !admitted ? anew : once, admitted, call, files),
          refused: (refusal) =>
            responder.failure({ ...call, head: false, etag: undefined, envelope: plainEnvelope }, refusal),
        });
        answer = responder.value(call, slots);
      } else {
        const { value, context } = await answerCall(installation, graph, call, who, tab, {
          parse: parseInner,
          findings,
          trace,
        });
        const short = whyItIsShort(call, findings, value);
        if (short) why = await short;
        answer =
          value instanceof Redirect
            ? responder.redirect(call, value)
            : responder.value(call, value, {
                messages: [...context.debug, ...messagesOf(why)],
                unseen: member && !headersShown && call.etag === undefined,
              });
      }
    } catch (error) {
      failure = failureOf(error);
      why = await whyItFailed(installation, call, findings, error);
      answer = responder.failure(call, error, { oauthErrors: oauthErrors(incoming.path), messages: messagesOf(why) });
      if (error instanceof OrderedFault) answer.headers[FAULT_HEADER] = error.order;
    }
    usage.close(tab, failure, answer.body.length, call.insteadOf ?? call.version);
    if (headersShown) usage.write(answer.headers, tab);
    Object.assign(answer.headers, versionWarning(call));
    if (trace) answer.headers['x-hallpass-trace'] = Buffer.from(JSON.stringify(trace)).toString('base64');
    logCall(installation, call, findings, { status: answer.status, why });
    noted?.(call, answer.status);
    return answer;
  };

  return (incoming, admitted) => {
    if (admitted) return one(incoming, admitted.who, admitted);
    if (incoming.method === 'OPTIONS')
      return Promise.resolve(
        responder.preflight(askedBeforeParsing(incoming, { traceId: newTraceId(), version: versions.default })),
      );
    return one(incoming, anew);
  };
}

interface HandlerOptions {
  who: Authenticate;
  admitted: GraphAdmission | undefined;
  /** The request is a member of a batch. */
  member: boolean;
  headersShown: boolean;
}

/** Mobile SDKs name the app of a batch beside its items. @throws GraphError batch.app for the id of no app */
async function demandBatchApp({ facts }: Installation, { params: { batch_app_id: id } }: GraphRequest): Promise<void> {
  if (id === undefined || id === null || id === '') return;
  const text = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  const appId = AppId.parse(text);
  if (appId === undefined || !(await facts.app(appId))) throw graphError('batch.app');
}

const verbOf = ({ method }: HttpRequest): string => (method === 'HEAD' ? 'GET' : method);
