// A holder changes what it says of a connection, hands it over to somebody else, or takes it out.
import type { Secret } from '@hallpass/protocol';
import { recordEvent } from '../events/record-event.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { openApp } from '../remote/open-app.ts';
import { withdrawHandlesOf } from '../store/access/handles.ts';
import {
  childrenOf,
  connectionById,
  type ConnectionKey,
  connectionOfSubject,
  deleteConnection,
  updateConnection,
} from '../store/connections.ts';
import { deleteAdoptionsOf } from '../store/adoptions.ts';
import { answerProblem, lookProblem, slotProblem } from './admit.ts';
import { examine, withName } from './examine.ts';
import { longLived } from './long-life.ts';
import { checkLabels, type ConnectionLabels, labelColumns, prepareToken, saveToken, type SaveParts } from './save.ts';

/** Changes labels: name, owner, language, permissions and Pages that are wanted. @throws VaultSealed, VaultRefusal */
export async function relabel(
  { db, keys, world, forget }: SaveParts,
  key: ConnectionKey,
  labels: ConnectionLabels,
): Promise<void> {
  keys.requireOpen(key.tenant);
  checkLabels(labels);
  const now = world.clock.now();
  const columns = { ...labelColumns(labels), changed_at: now };
  // Other permissions may be missing now, so somebody looks at it soon.
  const due = labels.wantedScopes === undefined ? {} : { due_at: now };
  const done = await db.act(async ({ tx, after }) => {
    if (!(await updateConnection(tx, key, undefined, { ...columns, ...due }))) return false;
    after(() => forget(key));
    const facts = { changed: Object.keys(labels) };
    await recordEvent({ tx }, { tenant: key.tenant, connectionId: key.id, kind: 'renamed', at: now, facts });
    return true;
  });
  if (!done) throw new VaultRefusal('unknown_connection', { id: key.id });
}

/**
 * Hands a connection over with a token of the new subject, such as that of a system user. It keeps its id. Somebody who
 * logs in for it is sent through `reconnectLink` with `handOver`.
 *
 * @throws VaultSealed, VaultRefusal
 */
export async function handOver(
  parts: SaveParts & Pick<VaultParts, 'fetch'>,
  key: ConnectionKey,
  token: Secret,
  labels: ConnectionLabels = {},
): Promise<void> {
  const { db, keys, world } = parts;
  keys.requireOpen(key.tenant);
  checkLabels(labels);
  const before = await connectionById(db.read, key);
  if (before === undefined) throw new VaultRefusal('unknown_connection', { id: key.id });
  const app = await openApp(parts, key.tenant, before.app_id);
  if (app === undefined) throw new VaultRefusal('unknown_app', { id: before.app_id });
  const refuse = (words: string): never => {
    throw new VaultRefusal('not_this_kind', { what: words });
  };
  const looks = lookProblem(token);
  if (looks) refuse(looks.words);
  const found = await examine(app, token, undefined, world.clock.now());
  if (found.token === undefined) return refuse(answerProblem(found)?.words ?? '');
  const { subject } = found.token;
  const pages = before.subject_type === 'page' || subject.type === 'page';
  if (pages && !(before.subject_type === subject.type && before.subject_id === subject.id))
    refuse('A connection of a Page stays with that Page. You can give it another token of the same Page.');
  const unfit = slotProblem(found.token, { appId: before.app_id });
  if (unfit) refuse(unfit.words);
  const held = await connectionOfSubject(db.read, key.tenant, {
    app_id: before.app_id,
    subject_type: subject.type,
    subject_id: subject.id,
  });
  if (held && held.id !== key.id) refuse(`The connection ${held.id} already has the same subject.`);
  const long = await longLived(app, await withName(app, found.token), world.clock.now());
  const prepared = await prepareToken(parts, key, before, long);
  const facts = { before: before.subject_id, after: subject.id, type: subject.type };
  const saved = await db.act((act) => saveToken(parts, act, prepared, { labels, event: 'handed_over', facts }));
  if (!saved) throw new VaultRefusal('changed_meanwhile', { id: key.id });
}

export interface RemoveOptions {
  /** Says what becomes of connections whose tokens were read with this one. Without a word they hold it back. */
  children?: 'remove' | 'keep' | undefined;
}

/** Takes a connection out, with its token. Its history stays, by its id alone. @throws VaultSealed, VaultRefusal */
export async function removeConnection(
  { db, keys, world, forget }: SaveParts,
  key: ConnectionKey,
  { children }: RemoveOptions = {},
): Promise<void> {
  keys.requireOpen(key.tenant);
  const at = world.clock.now();
  await db.act(async ({ tx, after }) => {
    const hanging = await childrenOf(tx, key);
    if (hanging.length > 0 && children === undefined) throw new VaultRefusal('has_children', { count: hanging.length });
    const gone = children === 'remove' ? hanging : [];
    if (!(await deleteConnection(tx, key))) throw new VaultRefusal('unknown_connection', { id: key.id });
    for (const child of gone) await deleteConnection(tx, child);
    if (children === 'keep')
      for (const child of hanging) await updateConnection(tx, child, undefined, { parent_id: null, changed_at: at });
    for (const { id } of [key, ...gone]) {
      await deleteAdoptionsOf(tx, { tenant: key.tenant, id });
      await withdrawHandlesOf(tx, { tenant: key.tenant, id }, at);
      await recordEvent({ tx }, { tenant: key.tenant, connectionId: id, kind: 'removed', at });
    }
    after(() => {
      for (const one of [key, ...hanging]) forget(one);
    });
  });
}
