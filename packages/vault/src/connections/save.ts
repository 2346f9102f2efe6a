// A token that was examined is kept: as a new connection, or in the place of the token of one that is there. A newer
// token is never overwritten, and whoever is told of it is told in the same change.
import type { WriteTransaction } from '@hallpass/db';
import { primaryLanguage } from '@hallpass/pages/languages';
import { isId, randomHex } from '@hallpass/protocol';
import type { EventKind } from '../event-kinds.ts';
import { decide } from '../events/decide.ts';
import { type EventFacts, recordEvent } from '../events/record-event.ts';
import { isMailAddress } from '../mail-address.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { isExtensionDue } from '../policy.ts';
import {
  type ConnectionFacts,
  type ConnectionKey,
  connectionOfSubject,
  type ConnectionRow,
  emptyConnection,
  insertConnection,
  replaceToken,
} from '../store/connections.ts';
import { wakeChildren } from '../store/due-connections.ts';
import { tokenPlace } from '../store/keys/places.ts';
import type { VaultSchema } from '../store/schema.ts';
import type { ExaminedToken } from './examine.ts';

export type SaveParts = Pick<VaultParts, 'db' | 'keys' | 'world' | 'forget'>;

/** A holder says this of a connection, beside its token. */
export interface ConnectionLabels {
  name?: string | undefined;
  ownerName?: string | undefined;
  ownerEmail?: string | undefined;
  /** A language tag, for mails. */
  language?: string | undefined;
  /** The permissions that the holder needs. */
  wantedScopes?: readonly string[] | undefined;
  /** Ids of the Pages that are wanted; all of them when it isn't given. */
  pageChoice?: readonly string[] | undefined;
}

const LONGEST_LABEL = 200;
const MOST_LISTED = 1000;

/** @throws VaultRefusal `bad_value` for a text that is empty, endless or has control characters, and for what is no list */
export function checkLabels({ wantedScopes = [], pageChoice = [], ...texts }: ConnectionLabels): void {
  const refuse = (what: string): never => {
    throw new VaultRefusal('bad_value', { what });
  };
  for (const text of [texts.name, texts.ownerName, texts.ownerEmail, texts.language])
    if (
      text !== undefined &&
      (text.trim() === '' || text.length > LONGEST_LABEL || /\p{Cc}/u.test(text) || !text.isWellFormed())
    )
      refuse(`A name, address or language is 1 to ${LONGEST_LABEL} letters in one line.`);
  if (texts.ownerEmail !== undefined && !isMailAddress(texts.ownerEmail.trim()))
    refuse('The e-mail address of an owner is one address, such as ann@example.com.');
  if (texts.language !== undefined && primaryLanguage(texts.language) === undefined)
    refuse('A language is given by its tag, such as de or pt-BR.');
  if (wantedScopes.length > MOST_LISTED || !wantedScopes.every((scope) => /^[A-Za-z0-9_.:-]{1,80}$/.test(scope)))
    refuse('A permission is written in letters, digits and underscores.');
  if (pageChoice.length > MOST_LISTED || !pageChoice.every(isId))
    refuse('A Page is chosen by its id, which is a number.');
}

/** The columns of what was said; what wasn't is left as it is. */
export const labelColumns = (labels: ConnectionLabels): ConnectionFacts => ({
  ...(labels.name !== undefined && { name: labels.name }),
  ...(labels.ownerName !== undefined && { owner_name: labels.ownerName }),
  ...(labels.ownerEmail !== undefined && { owner_email: labels.ownerEmail }),
  ...(labels.language !== undefined && { language: labels.language }),
  ...(labels.wantedScopes !== undefined && { wanted_scopes: JSON.stringify(labels.wantedScopes) }),
  ...(labels.pageChoice !== undefined && { page_choice: JSON.stringify(labels.pageChoice) }),
});

/** A token sealed for its row, ready to be written in a change. */
interface PreparedToken {
  examined: ExaminedToken;
  row: ConnectionRow;
  isNew: boolean;
  sealed: string;
  fingerprint: string;
}

/** Seals a token for a new connection, or for the next version of the one that is there. @throws VaultSealed */
export async function prepareToken(
  { keys, world }: SaveParts,
  key: ConnectionKey,
  before: ConnectionRow | undefined,
  examined: ExaminedToken,
): Promise<PreparedToken> {
  const now = world.clock.now();
  const row =
    before ?? emptyConnection({ ...key, name: '', app_id: examined.appId, state: 'healthy', created_at: now });
  const text = examined.token.open();
  const place = tokenPlace({ ...key, token_version: row.token_version + 1 });
  return {
    examined,
    row,
    isNew: before === undefined,
    sealed: await keys.seal(text, place),
    fingerprint: keys.hash('token', text),
  };
}

interface SaveOptions {
  labels?: ConnectionLabels;
  parentId?: string | null;
  event: EventKind;
  facts?: EventFacts;
}

/**
 * Writes a prepared token with its events. Answers false, and writes nothing, where the connection got another token
 * meanwhile, or another one was made for the subject: read it anew and try again.
 */
export async function saveToken(
  { db, world, forget }: SaveParts,
  act: WriteTransaction<VaultSchema>,
  { examined, row, isNew, sealed, fingerprint }: PreparedToken,
  { labels = {}, parentId, event, facts: told = {} }: SaveOptions,
): Promise<boolean> {
  const now = world.clock.now();
  const { tx, after } = act;
  const { subject, kind, appId } = examined;
  const labelled = { ...row, ...labelColumns(labels), kind };
  const { facts, events } = decide(labelled, examined.told, now, world.random);
  const columns = {
    ...labelColumns(labels),
    ...facts,
    // One that should have been extended before it came is extended at the next sweep.
    ...(isExtensionDue(kind, examined.told.judgement.dates, now) && { due_at: now }),
    kind,
    subject_id: subject.id,
    subject_type: subject.type,
    subject_name: subject.name ?? row.subject_name,
    token: sealed,
    fingerprint,
    extended_at: null,
    extend_tried_at: null,
    changed_at: now,
    ...(parentId !== undefined && { parent_id: parentId }),
  };
  if (isNew) {
    // Of two that bring the same subject at the same time one makes the connection.
    const subjectKey = { app_id: appId, subject_type: subject.type, subject_id: subject.id };
    await db.inOrder(act, `vault-subject ${[row.tenant, ...Object.values(subjectKey)].join(' ')}`);
    if (subject.id !== null && (await connectionOfSubject(tx, row.tenant, subjectKey))) return false;
    const name = labels.name ?? nameOf(examined);
    await insertConnection(tx, { ...row, ...columns, name, token_version: 1 });
  } else if (!(await replaceToken(tx, row, row.token_version, columns))) return false;
  after(() => forget(row));
  await recordEvent({ tx }, { tenant: row.tenant, connectionId: row.id, kind: event, at: now, facts: told });
  for (const one of events) await recordEvent({ tx }, { tenant: row.tenant, connectionId: row.id, at: now, ...one });
  await wakeChildren(tx, row, now);
  return true;
}

/** A connection that nobody has named is named after its subject. */
const nameOf = ({ subject, kind }: ExaminedToken): string => subject.name ?? `${kind} ${subject.id ?? ''}`.trim();

/** An id for a new connection, from the chance of this process. */
export const newConnectionId = ({ world }: Pick<VaultParts, 'world'>): string => `c${randomHex(world.random, 9)}`;
