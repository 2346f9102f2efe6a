// One connection in a mail: what is said of it is decided when the mail is sent, by how it stands then. A mail that
// waited through an outage tells nobody of what is over.
import { type MailItem, mailLine } from '@hallpass/pages/mail';
import { parseJson, shape } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import { reconnectUrl } from '../connections/reconnect-link.ts';
import { stateAt } from '../connections/view.ts';
import type { EventKind } from '../event-kinds.ts';
import { services } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import { policy, usefulUntil } from '../policy.ts';
import { type Repair, repairOf, repairs } from '../repairs.ts';
import { isWorking } from '../states.ts';
import { appById } from '../store/apps/apps.ts';
import { childrenOf, type ConnectionRow, connectionById } from '../store/connections.ts';
import { type DeliveryRow, lastTold } from '../store/people/deliveries.ts';
import type { VaultSchema } from '../store/schema.ts';
import { shortName } from './short-name.ts';
import type { Speaker } from './words/words.ts';
import type { MailWordKey } from './words/mail-words.ts';

export type ItemParts = Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world'>;

/** The kinds of items; each has its subject in the tables of words. */
type ItemKind = 'warned' | 'died' | 'blocked' | 'recovered' | 'drifted' | 'page_without_token';

/** Kinds of items about an app, see app-item.ts. */
type AppItemKind = 'app_refused' | 'app_accepted';

export interface ComposedItem {
  kind: ItemKind | AppItemKind;
  item: MailItem;
  name: string;
  service: string;
  /** The time that is left, in words, for a warning. */
  time: string;
  /** The operators of this vault have to act, and nobody else can. */
  forOperator: boolean;
}

const DAY = 86_400;
/** Names that are written out of all that hang on a connection. */
const MOST_NAMED = 10;

/** This is how a connection stands now, as somebody is to be told of it. */
interface Standing {
  row: ConnectionRow;
  until: number | undefined;
  service: string;
  now: number;
}

async function standingOf({ world }: ItemParts, q: Kysely<VaultSchema>, row: ConnectionRow): Promise<Standing> {
  const app = await appById(q, row.tenant, row.app_id);
  const until = usefulUntil({
    expiresAt: row.expires_at ?? undefined,
    dataAccessUntil: row.data_access_until ?? undefined,
  });
  return { row, until, service: services[app?.service ?? 'facebook'].label, now: world.clock.now() };
}

/** @param told what was queued of this connection for this receiver. Undefined where all of it is over */
export async function itemOf(
  parts: ItemParts,
  speaker: Speaker,
  told: readonly [DeliveryRow, ...DeliveryRow[]],
  timeZone: string,
): Promise<ComposedItem | undefined> {
  const q = parts.db.read;
  const [{ tenant, connection_id: id, receiver }] = told;
  const row = id === null ? undefined : await connectionById(q, { tenant, id });
  if (row === undefined) return undefined;
  const standing = await standingOf(parts, q, row);
  const events = new Set<EventKind>(told.map(({ event }) => event));
  const kind = kindOf(standing, events);
  if (kind === undefined) return undefined;
  if (kind === 'recovered') {
    const last = await lastTold(q, { tenant, receiver, connectionId: row.id }, ['died', 'blocked', 'recovered']);
    // Nobody is told that something works again who was never told that it did not.
    if (last === undefined || last.event === 'recovered') return undefined;
  }
  const lost = told.findLast(({ event }) => event === 'drifted' || event === 'asked');
  const says = await sentences(parts, speaker, { standing, kind, facts: lost?.payload ?? '{}', timeZone });
  const url = offersLink(standing, kind) ? reconnectUrl(parts, row) : undefined;
  const time = standing.until === undefined ? '' : speaker.time(standing.until - standing.now);
  // Names are hostile until they are one line.
  const name = mailLine(row.name);
  const item: MailItem = {
    tone: tones[kind],
    title: name,
    says,
    ...(url !== undefined && { link: { text: speaker.say('renew', { name }), url } }),
  };
  const forOperator = repairFor(standing, kind)?.by === 'operator';
  return { kind, item, name, service: standing.service, time, forOperator };
}

const tones: Readonly<Record<ItemKind, MailItem['tone']>> = {
  warned: 'warn',
  died: 'danger',
  blocked: 'danger',
  recovered: 'good',
  drifted: 'warn',
  page_without_token: 'warn',
};

/** The one thing that is still to be said; undefined where nothing is. */
function kindOf({ row, until, now }: Standing, events: ReadonlySet<EventKind>): ItemKind | undefined {
  const state = stateAt(row, now);
  const asked = events.has('asked');
  const isNews = events.has('died') || events.has('blocked') || events.has('warned') || asked;
  if (state === 'blocked_at_meta') return isNews ? 'blocked' : undefined;
  if (!isWorking(state) && state !== 'unreachable') return isNews ? 'died' : undefined;
  const ends = until !== undefined && until - now <= policy.warnDays[0] * DAY;
  if (events.has('warned') && ends) return 'warned';
  if (asked && state === 'needs_permission') return 'drifted';
  // Somebody who was asked before the usual time is told of the end all the same.
  if (asked && until !== undefined) return 'warned';
  if (events.has('recovered')) return 'recovered';
  if (events.has('drifted')) return 'drifted';
  return events.has('page_without_token') ? 'page_without_token' : undefined;
}

/** Gives what mends it. A token that works until its end is renewed before it; what lost a permission is asked for it. */
function repairFor({ row, now }: Standing, kind: ItemKind): Repair | undefined {
  if (kind === 'drifted') return repairs.ask_permission;
  if (kind === 'recovered' || kind === 'page_without_token') return undefined;
  const dataEndsFirst = (row.data_access_until ?? Infinity) < (row.expires_at ?? Infinity);
  if (kind === 'warned') return dataEndsFirst ? repairs.reauthorize : repairs.log_in_again;
  return repairOf(stateAt(row, now), row.advice);
}

const offersLink = (standing: Standing, kind: ItemKind): boolean => repairFor(standing, kind)?.reconnect === true;

interface Sentences {
  standing: Standing;
  kind: ItemKind;
  /** JSON: the facts of the event of a drift. */
  facts: string;
  timeZone: string;
}

const drift = shape.object<{ lost: string[]; targetsLost: string[] }>({
  lost: shape.listOf(shape.text),
  targetsLost: shape.listOf(shape.text),
});

async function sentences(parts: ItemParts, speaker: Speaker, about: Sentences): Promise<string[]> {
  const { standing, kind, facts, timeZone } = about;
  const { row, until = 0, service, now } = standing;
  const { say } = speaker;
  const platform = parts.settings.name;
  const names = { service, platform };
  const said: string[] = [];
  if (kind === 'warned') {
    const ofData = until === row.data_access_until && until !== row.expires_at;
    const left = { date: speaker.date(until, timeZone), time: speaker.time(until - now) };
    said.push(say(ofData ? 'warned_data' : 'warned', left));
  } else if (kind === 'drifted') {
    const { lost = [], targetsLost = [] } = parseJson(drift, facts) ?? {};
    if (lost.length > 0) said.push(say('drifted_scopes', { scopes: lost.map(mailLine).join(', ') }));
    if (targetsLost.length > 0) said.push(say('drifted_pages', { count: targetsLost.length }));
  } else said.push(say(kind, names));
  const repair = repairFor(standing, kind);
  if (repair !== undefined) said.push(say(repairWords(repair, kind), names));
  if (kind === 'died' || kind === 'blocked') said.push(...(await withIt(parts, speaker, row)));
  const person = await expectedPerson(parts.db.read, row);
  if (repair?.reconnect === true && person !== undefined) said.push(say('only', { person }));
  return said;
}

/** The words of a repair have the name of its advice. */
function repairWords(repair: Repair, kind: ItemKind): MailWordKey {
  if (kind === 'warned' && repair === repairs.log_in_again) return 'log_in_again_before';
  for (const advice of adviceWords) if (repairs[advice] === repair) return advice;
  return 'wait';
}

const adviceWords = [
  'log_in_again',
  'consent_again',
  'reauthorize',
  'ask_permission',
  'ask_for_business',
  'ask_role',
  'visit_site',
  'wait',
  'fix_request',
  'fix_app',
  'app_blocked',
  'give_up',
] as const;

async function withIt({ db }: ItemParts, { say }: Speaker, row: ConnectionRow): Promise<string[]> {
  const children = await childrenOf(db.read, row);
  if (children.length === 0) return [];
  const names = children
    .slice(0, MOST_NAMED)
    .map(({ name }) => mailLine(name))
    .join(', ');
  const count = children.length - MOST_NAMED;
  return [count > 0 ? say('with_it_more', { names, count }) : say('with_it', { names })];
}

/** The person who has to come back, shortened; undefined where anybody may, or none is known by name. */
export async function expectedPerson(q: Kysely<VaultSchema>, row: ConnectionRow): Promise<string | undefined> {
  const person = await personOf(q, row);
  return person?.subject_name ? shortName(person.subject_name) : undefined;
}

async function personOf(q: Kysely<VaultSchema>, row: ConnectionRow): Promise<ConnectionRow | undefined> {
  if (row.subject_type === 'user' || row.subject_type === 'account') return row;
  if (row.parent_id === null) return undefined;
  const parent = await connectionById(q, { tenant: row.tenant, id: row.parent_id });
  return parent?.subject_type === 'user' ? parent : undefined;
}

/** Pages whose tokens hang on a connection, by name: they have to stay ticked. */
export async function pagesOf(q: Kysely<VaultSchema>, row: ConnectionRow): Promise<string[]> {
  const children = await childrenOf(q, row);
  return children.filter(({ subject_type: type }) => type === 'page').map(({ name }) => name);
}
