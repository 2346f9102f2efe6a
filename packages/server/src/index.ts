// This is the door of the server: a world and settings in, one function of plain data out. Socket, TLS proxy, batch
// item and test all call the same `handle`.
import { migrate } from '@hallpass/db';
import { type GraphError, graphError, versions } from '@hallpass/protocol';
import { graph } from './entries/declarations.ts';
import { mayBeCall } from './graph/find.ts';
import type { Graph } from './graph/language/schema.ts';
import { roleOf } from './hosts.ts';
import type { HttpResponse } from './wire/answer.ts';
import type { HttpRequest } from './wire/call.ts';
import { graphHandler, type RequestNote } from './http/graph-handler.ts';
import { askedBeforeParsing, createResponder } from './http/respond.ts';
import { traceIds } from './http/trace-ids.ts';
import { startJobs } from './jobs/index.ts';
import type { Installation } from './installation/installation.ts';
import { type StartOptions, startInstallation } from './installation/start.ts';
import { dashboardDoor, isMistyped, noSuchPage, pageWithoutSlash, site } from './site/index.ts';
import { migrations } from './store/migrations/index.ts';

export * from './hosts.ts';
export type { HttpResponse } from './wire/answer.ts';
export type { TokenSpellings } from './wire/token-spellings.ts';
export { FAULT_HEADER, type FaultPoint, type Faults, type FaultStep, faultSteps, OrderedFault } from './wire/faults.ts';
export type { GraphRequest, HttpRequest } from './wire/call.ts';
export { equip, type HttpListener, listen, serverOptions } from './http/node-server.ts';
export type { ProxyRequests, ServeOptions } from './http/serve-options.ts';
export type { Installation } from './installation/installation.ts';
export * from './settings.ts';
export type { Schema } from './store/schema.ts';
export type {
  Demo,
  Log,
  LogLevel,
  Mail,
  Mailer,
  MailFault,
  Outbound,
  OutboundAnswer,
  OutboundFault,
  OutboundRequest,
  World,
  PermissionJudgement,
} from './world.ts';
export type { NoticeKind } from './store/outbox/tables.ts';

/**
 * Operations that are asked of the hosts of the pages: discovery and its keys of the issuer, the two calls of Limited
 * Login.
 */
const askedOfPages = ['/.well-known/', '/limited_login/', '/platform/uninstall'];
const isAskedOfPages = (path: string): boolean => askedOfPages.some((start) => path.startsWith(start));

export interface Server {
  /** Answers any request; never rejects. */
  handle(incoming: HttpRequest): Promise<HttpResponse>;
  readonly installation: Installation;
  readonly graph: Graph;
  /** Resolves when every call to the server of an app and every mail that is due has been tried; what failed waits. */
  idle(): Promise<void>;
  /** Stops jobs and the feed, and closes the database. */
  close(): Promise<void>;
}

/** Migrates the database, starts the installation and its jobs. @throws StorageRefused | BadSettings */
export async function createServer(options: StartOptions & { noted?: RequestNote }): Promise<Server> {
  await migrate(options.db, migrations, options.world.wall);
  const installation = await startInstallation(options);
  const answerGraph = graphHandler(installation, graph, options.noted);
  const pages = site(installation);
  const missing = noSuchPage(installation);
  const jobs = startJobs(installation);
  const responder = createResponder({ revision: '1', onBug: () => {} });
  const traceId = traceIds(options.world.random);
  const refused = (incoming: HttpRequest, refusal: GraphError): HttpResponse =>
    responder.failure(askedBeforeParsing(incoming, { traceId: traceId(), version: versions.default }), refusal);

  const door = dashboardDoor(installation, answerGraph);

  const handle = async (incoming: HttpRequest): Promise<HttpResponse> => {
    const role = roleOf(incoming.host, installation.settings);
    if (role === undefined) return refused(incoming, graphError('host.unknown'));
    // An older state of the database is believed in nothing: what it says is alive may have been ended (threats RL-07).
    if (installation.freshness.lost() && incoming.path !== '/_/health')
      return refused(incoming, graphError('server.away'));
    // Health and readiness are asked of every host.
    if (role !== 'graph' || incoming.path.startsWith('/_/')) {
      const page = door(incoming) ?? pages(incoming);
      if (page) return page;
    }
    const meant = role === 'graph' ? undefined : pageWithoutSlash(incoming);
    if (meant !== undefined)
      return { status: 302, headers: { location: meant, 'cache-control': 'no-store' }, body: '' };
    if (role === 'www' && !isAskedOfPages(incoming.path)) return missing(incoming);
    // A mistyped address is a page for a person, and the Graph's error for a program.
    if (role === 'both' && isMistyped(incoming) && !mayBeCall(graph, incoming.path)) return missing(incoming);
    return answerGraph(incoming);
  };
  return {
    handle,
    installation,
    graph,
    idle: () => jobs.idle(),
    async close() {
      await jobs.stop();
      installation.freshness.close();
      await options.db.close();
    },
  };
}
