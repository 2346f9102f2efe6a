// The Pages of a connection become connections of their own, each with its token. A Page without a token is told with the
// reason: it is never kept, and no old token stays for it.
import { type DebugTokenData, parseJson, type Secret, shape } from '@hallpass/protocol';
import { recordEvent } from '../../events/record-event.ts';
import type { VaultParts } from '../../parts.ts';
import { VaultRefusal } from '../../refusals.ts';
import { inspect } from '../../remote/inspect.ts';
import { appTokenOf, openApp, type OpenApp } from '../../remote/open-app.ts';
import { isWorking } from '../../states.ts';
import {
  childrenOf,
  type ConnectionKey,
  connectionOfSubject,
  type ConnectionRow,
  dropToken,
} from '../../store/connections.ts';
import { answerProblem, slotProblem } from '../admit.ts';
import { examineAll, type ExaminedToken } from '../examine.ts';
import type { DiscoveredPages } from '../../client/answers/connect.ts';
import { type FoundPage, type FoundPages, findPages } from './find-pages.ts';
import { problem } from '../import-problems.ts';
import { type PageReasonKey, pageReasons, whyWithoutToken } from './page-reasons.ts';
import { lookSoon, openConnection, type ReadParts } from '../read.ts';
import { newConnectionId, prepareToken, saveToken, type SaveParts } from '../save.ts';

export interface DiscoverOptions {
  /** Says what would be kept, and changes nothing. */
  dryRun?: boolean | undefined;
}

type DiscoveredPage = DiscoveredPages['pages'][number];

type Parts = SaveParts & ReadParts & Pick<VaultParts, 'fetch'>;

const texts = shape.listOf(shape.text);

/**
 * Finds the Pages of a person's or system user's connection and keeps their tokens.
 *
 * @throws VaultSealed, VaultRefusal `unknown_connection`, `no_token`, `not_usable`, `not_this_kind`, `server_away`
 */
export async function discoverPages(
  parts: Parts,
  key: ConnectionKey,
  options: DiscoverOptions = {},
): Promise<DiscoveredPages> {
  const { row: parent, token } = await openConnection(parts, key);
  if (parent.subject_type !== 'user' && parent.subject_type !== 'system_user')
    throw new VaultRefusal('not_this_kind', { what: 'Pages are found with the token of a person or a system user.' });
  const app = await openApp(parts, key.tenant, parent.app_id);
  if (app === undefined) throw new VaultRefusal('unknown_app', { id: parent.app_id });
  const carried = await carriedBy(app, token);
  const found = await findPages(app, token);
  const wanted = parent.page_choice === null ? undefined : parseJson(texts, parent.page_choice);
  const isWanted = ({ id }: FoundPage): boolean => wanted === undefined || wanted.includes(id);
  const brought = found.pages.flatMap((page) => (page.token && isWanted(page) ? [{ page, token: page.token }] : []));
  const answers = await examineAll(app, brought, parts.world.clock.now());
  const examined = new Map(brought.map(({ page }, at) => [page, answers[at]]));
  const pages: DiscoveredPage[] = [];
  for (const page of found.pages) {
    const base = { id: page.id, name: page.name, via: page.via, tasks: page.tasks };
    const examination = examined.get(page);
    if (!isWanted(page)) pages.push({ ...base, outcome: 'not_wanted' });
    else if (page.unread !== undefined)
      pages.push({ ...base, outcome: 'refused', problem: problem('server_away', { reason: page.unread }) });
    else if (examination === undefined)
      pages.push({ ...base, ...(await withoutToken(parts, parent, page.id, whyWithoutToken(page, carried), options)) });
    else if (examination.token === undefined)
      pages.push({ ...base, outcome: 'refused', problem: answerProblem(examination) });
    else pages.push({ ...base, ...(await keepPage(parts, parent, page, examination.token, options)) });
  }
  if (found.complete) pages.push(...(await goneFrom(parts, parent, found, options)));
  return { pages, complete: found.complete, faults: found.faults };
}

/** Asks what the parent's token carries now, which may be less than at its last look. */
async function carriedBy(app: OpenApp, token: Secret): Promise<DebugTokenData> {
  const { value, fault } = await inspect(app.client, token, app.remote ? appTokenOf(app.remote) : token);
  if (fault) throw new VaultRefusal('server_away', { reason: fault.reason });
  return value;
}

type Kept = Pick<DiscoveredPage, 'outcome' | 'connectionId' | 'why' | 'problem'>;

const ofPage = (parent: ConnectionRow, pageId: string) =>
  ({ app_id: parent.app_id, subject_type: 'page', subject_id: pageId }) as const;

async function keepPage(
  parts: Parts,
  parent: ConnectionRow,
  page: FoundPage,
  examined: ExaminedToken,
  { dryRun }: DiscoverOptions,
): Promise<Kept> {
  const { tenant } = parent;
  // The token of another Page or app in this one's place goes unnoticed until something is posted there.
  const mixed =
    examined.subject.id !== page.id
      ? problem('another_kind', {
          found: `token of ${examined.subject.id ?? 'nobody'}`,
          wanted: `token of the Page ${page.id}`,
        })
      : undefined;
  const refused =
    mixed ??
    slotProblem(examined, { appId: parent.app_id, kind: examined.kind === 'page_short' ? 'page_short' : 'page_long' });
  if (refused) return { outcome: 'refused', problem: refused };
  const before = await connectionOfSubject(parts.db.read, tenant, ofPage(parent, page.id));
  if (before?.fingerprint === parts.keys.hash('token', examined.token.open()) && isWorking(before.state))
    return { outcome: 'unchanged', connectionId: before.id };
  const outcome = before === undefined ? 'new' : 'replaces';
  if (dryRun) return { outcome, connectionId: before?.id };
  const id = before?.id ?? newConnectionId(parts);
  const named = { ...examined, subject: { ...examined.subject, name: page.name || null } };
  const prepared = await prepareToken(parts, { tenant, id }, before, named);
  const labels =
    before === undefined
      ? {
          ownerName: parent.owner_name ?? undefined,
          ownerEmail: parent.owner_email ?? undefined,
          language: parent.language ?? undefined,
        }
      : {};
  const event = before === undefined ? 'connected' : 'derived';
  const saved = await parts.db.act((act) => saveToken(parts, act, prepared, { labels, parentId: parent.id, event }));
  return saved ? { outcome, connectionId: id } : { outcome: 'refused', problem: problem('changed_meanwhile', { id }) };
}

/** A Page that is listed without a token: what was kept for it is no token for it any more. */
async function withoutToken(
  { db, world, forget }: Parts,
  parent: ConnectionRow,
  pageId: string,
  reason: PageReasonKey,
  { dryRun }: DiscoverOptions,
): Promise<Kept> {
  const { words, advice, state } = pageReasons[reason];
  const why = { key: reason, words, advice };
  const held = await connectionOfSubject(db.read, parent.tenant, ofPage(parent, pageId));
  // One that hangs on somebody else's token has nothing to do with this person.
  if (held === undefined || held.parent_id !== parent.id) return { outcome: 'without_token', why };
  if (dryRun || held.token === null) return { outcome: 'without_token', connectionId: held.id, why };
  const now = world.clock.now();
  await db.act(async ({ tx, after }) => {
    const facts = {
      state,
      reason: words,
      advice,
      code: null,
      subcode: null,
      checked_at: now,
      changed_at: now,
      due_at: null,
    };
    if (!(await dropToken(tx, held, held.token_version, facts))) return;
    after(() => forget(held));
    await recordEvent(
      { tx },
      {
        tenant: held.tenant,
        connectionId: held.id,
        kind: 'page_without_token',
        at: now,
        facts: { page: pageId, why: reason, advice },
      },
    );
  });
  return { outcome: 'without_token', connectionId: held.id, why };
}

/**
 * Pages that hang on this connection and stand in no list any more. Their tokens may work all the same, as those of Pages
 * that only a business gives: the next look at each decides.
 */
async function goneFrom(
  parts: Parts,
  parent: ConnectionRow,
  { pages }: FoundPages,
  options: DiscoverOptions,
): Promise<DiscoveredPage[]> {
  const listed = new Set(pages.map(({ id }) => id));
  const gone: DiscoveredPage[] = [];
  for (const child of await childrenOf(parts.db.read, parent)) {
    const { subject_id: id, subject_type, subject_name } = child;
    if (subject_type !== 'page' || id === null || listed.has(id)) continue;
    const { words, advice } = pageReasons.not_listed;
    const why = { key: 'not_listed', words, advice } as const;
    gone.push({ id, name: subject_name ?? '', via: [], tasks: [], outcome: 'not_listed', connectionId: child.id, why });
    if (!options.dryRun) await lookSoon(parts, child);
  }
  return gone;
}
