// The least-scope report: which permissions the tokens of an app or a connection carry, which of them the calls through
// the proxy used, and which were missing. A permission that nothing used is one to ask without the next time; one that is
// missing takes a new consent, because a token is a snapshot.
import { isKeyOf, parseJson, permissions, shape } from '@hallpass/protocol';
import type { ScopeReportAnswer } from '../client/answers/handles.ts';
import { leastScopes, missingScopes, type ScopeUse } from '../drift.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { connectionById, type ConnectionRow, listConnections } from '../store/connections.ts';
import { appById, appsOf } from '../store/apps/apps.ts';
import { type CallCount, countHandleCalls } from '../store/access/handle-calls.ts';

type Parts = Pick<VaultParts, 'db'>;
type AppReport = ScopeReportAnswer['apps'][number];

/** Connections of an app that a report looks at. */
const MOST = 1000;
const texts = (text: string): string[] => parseJson(shape.listOf(shape.text), text) ?? [];

interface ReportFilter {
  connectionId?: string | undefined;
  appId?: string | undefined;
}

/**
 * Reports for one connection, one app, or all apps.
 *
 * @throws VaultRefusal `unknown_connection`, `unknown_app`
 */
export async function scopeReport(
  { db }: Parts,
  tenant: string,
  { connectionId, appId }: ReportFilter,
): Promise<ScopeReportAnswer> {
  if (connectionId !== undefined) {
    const row = await connectionById(db.read, { tenant, id: connectionId });
    if (row === undefined || (appId !== undefined && row.app_id !== appId))
      throw new VaultRefusal('unknown_connection', { id: connectionId });
    return { apps: [await appReport({ db }, tenant, row.app_id, [row])] };
  }
  if (appId !== undefined && (await appById(db.read, tenant, appId)) === undefined)
    throw new VaultRefusal('unknown_app', { id: appId });
  const ids = appId === undefined ? (await appsOf(db.read, tenant)).map((app) => app.app_id) : [appId];
  const apps: AppReport[] = [];
  for (const id of ids) {
    const rows = await listConnections(db.read, tenant, { app_id: id, limit: MOST + 1 });
    apps.push(await appReport({ db }, tenant, id, rows));
  }
  return { apps };
}

async function appReport(
  { db }: Parts,
  tenant: string,
  appId: string,
  all: readonly ConnectionRow[],
): Promise<AppReport> {
  const rows = all.slice(0, MOST);
  const counts = await countHandleCalls(
    db.read,
    tenant,
    rows.map(({ id }) => id),
  );
  const connections = rows.map((row) => {
    const own = counts.filter(({ connectionId }) => connectionId === row.id);
    const carried = texts(row.granted_scopes);
    const report = leastScopes(carried, usesOf(own));
    const wanted = missingScopes(texts(row.wanted_scopes), carried);
    const missing = [...new Set([...report.missing, ...wanted])].sort();
    return { id: row.id, name: row.name, carried: [...carried].sort(), ...report, missing, calls: callsIn(own) };
  });
  const union = (pick: (one: (typeof connections)[number]) => readonly string[]): string[] =>
    [...new Set(connections.flatMap(pick))].sort();
  const used = union((one) => one.used);
  const missing = union((one) => one.missing);
  const needed = [...new Set([...used, ...missing])].sort();
  return {
    appId,
    calls: callsIn(counts),
    ...(counts.length > 0 && { since: Math.min(...counts.map(({ firstAt }) => firstAt)) }),
    carried: union((one) => one.carried),
    used,
    unused: union((one) => one.unused).filter((scope) => !needed.includes(scope)),
    missing,
    permissions: needed.map((scope) => reasonOf(scope, counts, missing.includes(scope))),
    connections,
    complete: rows.length === all.length,
  };
}

const usesOf = (counts: readonly CallCount[]): ScopeUse[] =>
  counts.map(({ scopes, missing }) => ({ scopes: texts(scopes), refused: missing === 1 }));

const callsIn = (counts: readonly CallCount[]): number => counts.reduce((sum, { calls }) => sum + calls, 0);

/** Paths that are named in the text for a review: the most used ones. */
const NAMED = 5;

/** One permission: the calls that needed it, and the text for a review request. */
function reasonOf(scope: string, counts: readonly CallCount[], missing: boolean): AppReport['permissions'][number] {
  const needing = counts.filter(({ scopes }) => texts(scopes).includes(scope));
  const byCall = new Map<string, number>();
  for (const { method, path, calls } of needing) {
    const call = `${method} ${path}`;
    byCall.set(call, (byCall.get(call) ?? 0) + calls);
  }
  const calls = [...byCall].sort(([a, most], [b, more]) => more - most || (a < b ? -1 : 1));
  const named = calls.slice(0, NAMED).map(([call, count]) => `${call} (${count} ${count === 1 ? 'call' : 'calls'})`);
  const more = calls.length - named.length;
  const last = needing.length === 0 ? undefined : Math.max(...needing.map(({ lastAt }) => lastAt));
  return {
    permission: scope,
    state: missing ? 'missing' : 'used',
    calls: calls.map(([call, count]) => ({ call, count })),
    ...(last !== undefined && { lastUsedAt: last }),
    review: reviewText(scope, missing, named, more),
  };
}

/** The words of the dialog for a permission; undefined for one that isn't known here. */
const wordsOf = (scope: string): string | undefined =>
  isKeyOf(permissions, scope) ? permissions[scope].words : undefined;

function reviewText(scope: string, missing: boolean, named: readonly string[], more: number): string {
  const meaning = wordsOf(scope);
  const first = `Our app needs ${scope}${meaning === undefined ? '.' : ` (${meaning.replace(/\.$/, '')}).`}`;
  const calls =
    named.length === 0
      ? 'No call has used it yet: say which feature will.'
      : `${missing ? 'Without it, these are refused:' : 'It is used for'} ${named.join(', ')}${more > 0 ? ` and ${more} other calls` : ''}.`;
  return `${first} ${calls} Explain here what a person sees of it in the app.`;
}
