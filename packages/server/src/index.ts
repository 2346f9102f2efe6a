// The door of the server: a world and settings in, one function of plain data out. Socket, TLS proxy, batch item and
// test all call the same `handle`.
import { migrate } from '@hallpass/db';
import { type Refusal, refuse, versions } from '@hallpass/protocol';
import { assemble, type Graph } from './graph/schema.ts';
import { tokenEndpoint } from './graph/token-endpoint.ts';
import { grants } from './grants/index.ts';
import { roleOf } from './hosts.ts';
import type { Answer } from './http/answer.ts';
import type { Incoming } from './http/call.ts';
import { graphHandler, type Noted } from './http/graph-handler.ts';
import { askedBeforeParsing, createResponder } from './http/respond.ts';
import { traceIds } from './http/trace-ids.ts';
import { startJobs } from './jobs/index.ts';
import type { Installation } from './liveness/installation.ts';
import { type StartOptions, startInstallation } from './liveness/start.ts';
import { nodes } from './nodes/index.ts';
import { operations } from './operations/index.ts';
import { dashboardDoor, noSuchPage, site } from './site/index.ts';
import { migrations } from './store/migrations/index.ts';

// For the reference pages: the declarations as data.
export type { Grant } from './graph/grant.ts';
export type { Params } from './graph/params.ts';
export type { AnyNode, Edge, Field, Operation } from './graph/schema.ts';
export { grants } from './grants/index.ts';
export { tokenChecks } from './graph/token-checks.ts';
export { steps } from './login/steps.ts';
export { limitTable } from './http/limits.ts';
export { events } from './liveness/events.ts';
export { doors, routes } from './site/index.ts';

export * from './hosts.ts';
export type { Answer } from './http/answer.ts';
export type { Call, Incoming } from './http/call.ts';
export { type Listening, listen } from './http/node-server.ts';
export type { Installation } from './liveness/installation.ts';
export * from './settings.ts';
export type { Schema } from './store/schema.ts';
export type { Log, LogLevel, Mail, Mailer, MailFault, Outbound, OutboundAnswer, OutboundFault, OutboundRequest, World, Demo } from './world.ts';
export {
  createAppFor,
  decideAccessRequest,
  giveRoleOnApp,
  listAccessRequests,
  listAppRoles,
  listApps,
  takeRoleOnApp,
} from './accounts/operator-apps.ts';
export { nameOf } from './accounts/people.ts';
export type { Person } from './store/people.ts';
export { appActs, appNamed, type OperatorAct, personActs, personNamed } from './accounts/operator.ts';
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
} from './accounts/plant.ts';
export type { SeedAdAccount, SeedCampaign } from './accounts/plant-ads.ts';
export { objectives, specialAdCategories } from './graph/campaigns.ts';
export { faultOf as configurationFault } from './accounts/login-configurations.ts';
export { issueCode } from './accounts/codes.ts';
export { change } from './liveness/change.ts';
export { fence, type Mark, markOf, standsAt } from './liveness/fence.ts';
export { mint, newId } from './liveness/mint.ts';
export { type AppSettings, defaultSettings } from './store/apps.ts';
export { noticeFields, noticeKinds } from './accounts/notice-fields.ts';
export type { NoticeKind } from './store/schema.ts';
export { allowListFault, allowListOf } from './accounts/allow-list.ts';
export { codeAt } from './accounts/one-time-code.ts';
export { hashPassword, passwordFault } from './accounts/passwords.ts';
export { followsFrom, verifyAudit } from './liveness/audit-trail.ts';
export { KeyRefused, listKeys, type ListedKey, rotateKeys, withdrawKey } from './liveness/key-ring.ts';
export { checkRegistrable } from './accounts/registrable.ts';
export { createAdministratorLink, hasAdministrator } from './site/index.ts';

/** Operations that are asked of the hosts of the pages: discovery and its keys of the issuer, the two calls of Limited Login. */
const askedOfPages = ['/.well-known/', '/limited_login/', '/platform/uninstall'];
const isAskedOfPages = (path: string): boolean => askedOfPages.some((start) => path.startsWith(start));

export interface Server {
  /** Answers any request; never rejects. */
  handle(incoming: Incoming): Promise<Answer>;
  readonly installation: Installation;
  readonly graph: Graph;
  /** Stops jobs and the feed, and closes the database. */
  close(): Promise<void>;
}

/** Every declaration of the Graph, put together once. */
export const graph: Graph = assemble(nodes, [...operations, ...tokenEndpoint(grants)]);

/** Migrates the database, starts the installation and its jobs. @throws StorageRefused | BadSettings */
export async function createServer(options: StartOptions & { noted?: Noted }): Promise<Server> {
  await migrate(options.db, migrations, options.world.wall);
  const installation = await startInstallation(options);
  const answerGraph = graphHandler(installation, graph, options.noted);
  const pages = site(installation);
  const missing = noSuchPage(installation);
  const jobs = startJobs(installation);
  const responder = createResponder({ revision: '1', onBug: () => {} });
  const traceId = traceIds(options.world.random);
  const refused = (incoming: Incoming, refusal: Refusal): Answer =>
    responder.failure(askedBeforeParsing(incoming, { traceId: traceId(), version: versions.default }), refusal);

  const door = dashboardDoor(installation, answerGraph);

  const handle = async (incoming: Incoming): Promise<Answer> => {
    const role = roleOf(incoming.host, installation.settings);
    if (role === undefined) return refused(incoming, refuse('host.unknown'));
    // An older state of the database is believed in nothing: what it says is alive may have been ended (threats RL-07).
    if (installation.freshness.lost() && incoming.path !== '/_/health') return refused(incoming, refuse('server.away'));
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
