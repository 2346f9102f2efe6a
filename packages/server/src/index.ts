// The door of the server: a world and settings in, one function of plain data out. Socket, TLS proxy, batch item and
// test all call the same `handle`.
import { migrate } from '@hallpass/db';
import { type GraphError, graphError, versions } from '@hallpass/protocol';
import { assemble, type Graph } from './graph/schema.ts';
import { tokenEndpoint } from './oauth/token-endpoint.ts';
import { grants } from './grants/index.ts';
import { roleOf } from './hosts.ts';
import type { HttpResponse } from './wire/answer.ts';
import type { HttpRequest } from './wire/call.ts';
import { graphHandler, type RequestNote } from './http/graph-handler.ts';
import { askedBeforeParsing, createResponder } from './http/respond.ts';
import { traceIds } from './http/trace-ids.ts';
import { startJobs } from './jobs/index.ts';
import type { Installation } from './installation/installation.ts';
import { type StartOptions, startInstallation } from './installation/start.ts';
import { nodes } from './nodes/index.ts';
import { operations } from './operations/index.ts';
import { dashboardDoor, noSuchPage, site } from './site/index.ts';
import { migrations } from './store/migrations/index.ts';

// For the reference pages: the declarations as data.
export type { Grant } from './oauth/grant.ts';
export type { Params } from './graph/params.ts';
export type { AnyNode, Edge, Field, Operation } from './graph/schema.ts';
export { grants } from './grants/index.ts';
export { tokenChecks } from './oauth/token-checks.ts';
export { steps } from './login/steps.ts';
export { limitTable } from './wire/limits.ts';
export { events } from './installation/events.ts';
export { doors, routes } from './site/index.ts';

export * from './hosts.ts';
export type { HttpResponse } from './wire/answer.ts';
export type { GraphRequest, HttpRequest } from './wire/call.ts';
export { type HttpListener, listen } from './http/node-server.ts';
export type { Installation } from './installation/installation.ts';
export * from './settings.ts';
export type { Schema } from './store/schema.ts';
export type {
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
} from './world.ts';
export {
  createAppFor,
  decideAccessRequest,
  giveRoleOnApp,
  listAccessRequests,
  listAppRoles,
  listApps,
  takeRoleOnApp,
} from './operator/operator-apps.ts';
export { nameOf } from './people/people.ts';
export type { Person } from './store/people/people.ts';
export { appActs, appNamed, type OperatorAct, personActs, personNamed } from './operator/operator.ts';
export {
  alreadyThere,
  plant,
  type SeedApp,
  type SeedBusiness,
  type SeedGrant,
  type SeedPage,
  type SeedPerson,
  type SeedSystemUser,
  type WorldSeed,
} from './operator/plant.ts';
export type { SeedAdAccount, SeedCampaign } from './operator/plant-ads.ts';
export { objectives, specialAdCategories } from './nodes/ads/campaign-input.ts';
export { faultOf as configurationFault } from './apps/login-configurations.ts';
export { issueCode } from './codes/codes.ts';
export { change } from './liveness/change.ts';
export { fence, type FenceMark, markOf, standsAt } from './liveness/fence.ts';
export { mint, newId } from './installation/mint.ts';
export { type AppSettings, defaultSettings } from './store/apps/apps.ts';
export { noticeFields, noticeKinds } from './callbacks/notice-fields.ts';
export type { NoticeKind } from './store/schema.ts';
export { allowListFault, allowListOf } from './apps/allow-list.ts';
export { codeAt } from './people/one-time-code.ts';
export { hashPassword, passwordFault } from './people/passwords.ts';
export { followsFrom, verifyAudit } from './liveness/audit-trail.ts';
export { KeyRefused, listKeys, type ListedKey, rotateKeys, withdrawKey } from './liveness/key-ring.ts';
export { checkRegistrable } from './apps/registrable.ts';
export { createAdministratorLink, hasAdministrator } from './site/index.ts';

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
  /** Stops jobs and the feed, and closes the database. */
  close(): Promise<void>;
}

/** Every declaration of the Graph, put together once. */
export const graph: Graph = assemble(nodes, [...operations, ...tokenEndpoint(grants)]);

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
      const page = (await door(incoming)) ?? (await pages(incoming));
      if (page) return page;
    }
    if (role === 'www' && !isAskedOfPages(incoming.path)) return missing(incoming);
    return answerGraph(incoming);
  };
  return {
    handle,
    installation,
    graph,
    async close() {
      await jobs.stop();
      installation.freshness.close();
      await options.db.close();
    },
  };
}
