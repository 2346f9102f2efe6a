// The token of a log-in is kept: in the connection that it was begun for, in that of its person, or in a new one. Where it
// was begun for a Page, the Page gets its token in the same change.
import { readJson } from '@hallpass/protocol';
import { VaultRefusal } from '../refusals.ts';
import { readPage } from '../remote/accounts.ts';
import type { OpenApp } from '../remote/open-app.ts';
import { connectionById, connectionOfSubject, type ConnectionRow } from '../store/connections.ts';
import { finishLogin, type LoginRow } from '../store/logins.ts';
import { slotProblem } from './admit.ts';
import { wantedLogin } from './connect.ts';
import { examine, type ExaminedToken } from './examine.ts';
import { newConnectionId, prepareToken, saveToken, type SaveParts } from './save.ts';

export interface FinishedLogin {
  /** The connection that it led to. */
  id: string;
  purpose: LoginRow['purpose'];
  /** It was made by this log-in; otherwise it got a new token by it. */
  isNew: boolean;
}

const TRIES = 3;

/** @throws VaultRefusal where the connection is gone, is changed again and again, or the person has not the Page */
export async function keepLogin(
  parts: SaveParts,
  app: OpenApp,
  login: LoginRow,
  examined: ExaminedToken,
): Promise<FinishedLogin> {
  const { pageConnection } = readJson(wantedLogin, login.wanted);
  const page = pageConnection === undefined ? undefined : await pageFor(parts, app, login, examined, pageConnection);
  for (let tries = 1; tries <= TRIES; tries++) {
    const finished = await keepOnce(parts, login, examined, page);
    if (finished) return finished;
  }
  throw new VaultRefusal('changed_meanwhile', { id: login.connection_id ?? pageConnection ?? '' });
}

/** Thrown to take a change back in which one of two tokens could not be written. */
class ChangedMeanwhile extends Error {}

async function keepOnce(
  parts: SaveParts,
  login: LoginRow,
  examined: ExaminedToken,
  page: ExaminedPage | undefined,
): Promise<FinishedLogin | undefined> {
  const { tenant, purpose } = login;
  const labels = readJson(wantedLogin, login.wanted);
  const before = await placeFor(parts, login, examined);
  const personId = before?.id ?? newConnectionId(parts);
  const person = await prepareToken(parts, { tenant, id: personId }, before, examined);
  const row = page && (await connectionById(parts.db.read, { tenant, id: page.id }));
  if (page && row === undefined) throw new VaultRefusal('unknown_connection', { id: page.id });
  const ofPage = page && (await prepareToken(parts, { tenant, id: page.id }, row, page.examined));
  const renewed = purpose === 'hand_over' ? 'handed_over' : 'reconnected';
  const id = page?.id ?? personId;
  try {
    await parts.db.act(async (act) => {
      const event = before === undefined ? 'connected' : page ? 'reconnected' : renewed;
      if (!(await saveToken(parts, act, person, { labels: page ? {} : labels, event }))) throw new ChangedMeanwhile();
      if (ofPage && !(await saveToken(parts, act, ofPage, { labels, event: renewed, parentId: personId })))
        throw new ChangedMeanwhile();
      await finishLogin(act.tx, tenant, login.state_hash, id);
    });
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return undefined;
    throw error;
  }
  return { id, purpose, isNew: before === undefined && page === undefined };
}

/** The token of a Page, with the connection that it is for. */
interface ExaminedPage {
  id: string;
  examined: ExaminedToken;
}

/** Reads the token of the Page with that of the person. Nothing is kept of somebody who has not the Page. */
async function pageFor(
  { db, world }: SaveParts,
  app: OpenApp,
  login: LoginRow,
  { token }: ExaminedToken,
  id: string,
): Promise<ExaminedPage> {
  const row = await connectionById(db.read, { tenant: login.tenant, id });
  if (row === undefined || row.subject_id === null) throw new VaultRefusal('unknown_connection', { id });
  const answer = await readPage(
    { client: app.client, ...(app.remote && { secret: app.remote.secret }) },
    token,
    row.subject_id,
  );
  if (answer.fault && answer.fault.kind !== 'refused')
    throw new VaultRefusal('server_away', { reason: answer.fault.reason });
  if (answer.value?.token === undefined) throw new VaultRefusal('another_person');
  const found = await examine(app, answer.value.token, undefined, world.clock.now());
  if (found.token === undefined) throw new VaultRefusal('server_away', { reason: found.fault.reason });
  const unfit = slotProblem(found.token, { appId: row.app_id });
  if (unfit || found.token.subject.type !== 'page' || found.token.subject.id !== row.subject_id)
    throw new VaultRefusal('not_this_kind', { what: unfit?.words ?? 'The server gave the token of another Page.' });
  const { subject } = found.token;
  return { id, examined: { ...found.token, subject: { ...subject, name: answer.value.name || null } } };
}

/** The connection that the token belongs to: the one that was begun with, or that of its subject; else a new one. */
async function placeFor(
  { db }: SaveParts,
  login: LoginRow,
  { appId, subject }: ExaminedToken,
): Promise<ConnectionRow | undefined> {
  const { tenant, connection_id } = login;
  const begun = connection_id === null ? undefined : await connectionById(db.read, { tenant, id: connection_id });
  if (connection_id !== null && begun === undefined)
    throw new VaultRefusal('unknown_connection', { id: connection_id });
  const ofSubject = { app_id: appId, subject_type: subject.type, subject_id: subject.id };
  const held = subject.id === null ? undefined : await connectionOfSubject(db.read, tenant, ofSubject);
  // Two connections of one person would be told of twice.
  if (begun && held && held.id !== begun.id)
    throw new VaultRefusal('not_this_kind', { what: `The connection ${held.id} already belongs to this person.` });
  return begun ?? held;
}
