// A line for each call through the proxy, written before the token is used: a call that can't be recorded isn't made. The
// lines hold names that are known, and no value.
import type { GraphError } from '@hallpass/protocol';
import { needsOfCall, permissionsFor } from '@hallpass/protocol/call-needs';
import { adviceFor } from '@hallpass/protocol';
import type { VaultParts } from '../parts.ts';
import {
  completeHandleCall,
  deleteOverflow,
  type HandleCallRow,
  insertHandleCalls,
} from '../store/access/handle-calls.ts';
import { countCalls, type HandleRow } from '../store/access/handles.ts';
import { shapesOf, type Speaker, templateOfCall } from './paths-of-call.ts';
import type { ProxiedCall } from './proxied-call.ts';

type Parts = Pick<VaultParts, 'db' | 'world'>;

/** Lines after which the oldest of a tenant are looked at, and how many go at a time. */
const LOOK_EVERY = 500;
const DELETED = 1000;

/** A line that was begun, with what it is about. */
export interface BegunLine {
  id: number;
  call: ProxiedCall;
}

/** The answer to one call, as far as its line tells of it. */
export interface LineOutcome {
  status: number;
  /** Body of a refusal by the server. */
  error?: { code?: number; error_subcode?: number; message?: string } | undefined;
  refusal?: GraphError | undefined;
  bytesOut: number;
}

/** The template of a call, where it has one that can be told. */
function pathOf(call: ProxiedCall, speaker: Speaker): string {
  try {
    return templateOfCall(call, speaker);
  } catch {
    return '/{unread}';
  }
}

/**
 * Counts calls of a handle and begins their lines; undefined where the handle is over or used up, and nothing was written.
 */
export function beginLines(
  { db, world }: Parts,
  handle: HandleRow,
  { appId, speaker }: { appId: string; speaker: Speaker },
  calls: readonly ProxiedCall[],
  bytesIn: number,
): Promise<BegunLine[] | undefined> {
  const at = world.clock.now();
  return db.act(async ({ tx }) => {
    if (!(await countCalls(tx, handle.id, at, calls.length))) return undefined;
    const lines = calls.map(
      (call, index): Omit<HandleCallRow, 'id'> => ({
        tenant: handle.tenant,
        handle_id: handle.id,
        connection_id: handle.connection_id,
        app_id: appId,
        at,
        method: call.method,
        path: pathOf(call, speaker),
        status: null,
        code: null,
        refused_by: null,
        scopes: '[]',
        scopes_missing: 0,
        bytes_in: index === 0 ? bytesIn : 0,
        bytes_out: 0,
        ms: 0,
      }),
    );
    const ids = await insertHandleCalls(tx, lines);
    if (ids.some((id) => id % LOOK_EVERY === 0)) await deleteOverflow(tx, handle.tenant, DELETED);
    return calls.flatMap((call, index) => {
      const id = ids[index];
      return id === undefined ? [] : [{ id, call }];
    });
  });
}

/** Completes lines. @param carried permissions that the token carried at the last look */
export async function completeLines(
  { db }: Parts,
  lines: readonly (LineOutcome & { line: BegunLine; ms: number })[],
  speaker: Speaker,
  carried: readonly string[],
): Promise<void> {
  await db.act(async ({ tx }) => {
    for (const { line, ms, status, error, refusal, bytesOut } of lines) {
      const missing = error !== undefined && adviceFor(error).holder === 'ask_permission';
      const scopes = refusal ? [] : permissionsOf(line.call, speaker, carried);
      await completeHandleCall(tx, line.id, {
        status,
        code: refusal?.entry.code ?? error?.code ?? null,
        refused_by: refusal?.key ?? null,
        // A call that was answered did without what isn't carried, whatever the table says.
        scopes: JSON.stringify(missing ? scopes : scopes.filter((scope) => carried.includes(scope))),
        scopes_missing: missing && scopes.some((scope) => !carried.includes(scope)) ? 1 : 0,
        bytes_out: bytesOut,
        ms: Math.max(0, Math.round(ms)),
      });
    }
  });
}

function permissionsOf(call: ProxiedCall, speaker: Speaker, carried: readonly string[]): string[] {
  const needs = shapesOf(call, speaker).flatMap((shape) => needsOfCall(shape, speaker.kind));
  return permissionsFor(needs, carried);
}
