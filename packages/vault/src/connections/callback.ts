// The dialog has returned: its code is redeemed, the token is made a long one, looked at, and kept. The same state and
// code twice give one connection, because browsers ask twice. Somebody else than the expected person changes nothing.
import { createClient } from '@hallpass/client';
import { type AnsweredError, pause, Secret } from '@hallpass/protocol';
import { recordEvent } from '../events/record-event.ts';
import { kindOf, services } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { redeem, type RedeemedToken } from '../remote/extend.ts';
import { openApp, type OpenApp } from '../remote/open-app.ts';
import { endLogin, type LoginRow, loginByState, releaseLogin, takeLogin } from '../store/logins.ts';
import { verifierPlace } from '../store/keys/places.ts';
import { examine, type ExaminedToken, withName } from './examine.ts';
import { type FinishedLogin, keepLogin } from './keep-login.ts';
import { longLived, withLife } from './long-life.ts';
import type { SaveParts } from './save.ts';

/** The parameters with which the dialog returned. */
export interface DialogAnswer {
  state: string;
  code?: string | undefined;
  /** `error` or `error_code`, where the person or the dialog refused. No text of the address is ever shown. */
  error?: string | undefined;
  errorCode?: number | undefined;
}

export type { FinishedLogin } from './keep-login.ts';

type Parts = SaveParts & Pick<VaultParts, 'fetch'>;

/** Milliseconds of real time that a second answer waits for the first, and how often it looks. */
const PATIENCE = 30_000;
const LOOK = 200;
const TRIES = 3;

/** The tenant that a state is of; undefined for what can be none of ours. */
export const tenantOfState = (state: string): string | undefined =>
  /^([A-Za-z0-9_-]{1,64})\.[A-Za-z0-9_-]{43}$/.exec(state)?.[1];

/**
 * Takes the answer of a dialog.
 *
 * @throws VaultSealed, VaultRefusal `unknown_login`, `login_over`, `login_refused`, `another_person`,
 * `refused_by_server`, `server_away`
 */
export async function finishConnect(parts: Parts, tenant: string, answer: DialogAnswer): Promise<FinishedLogin> {
  const { db, keys, world } = parts;
  keys.requireOpen(tenant);
  const stateHash = keys.hash('state', answer.state);
  const login = await loginByState(db.read, tenant, stateHash);
  if (login === undefined || tenantOfState(answer.state) !== tenant) throw new VaultRefusal('unknown_login');
  if (answer.code === undefined || answer.code === '') return refusedByDialog(parts, login, answer);
  const codeHash = keys.hash('code', answer.code);
  if (login.code_hash === codeHash) return waitForFirst(parts, login);
  if (login.code_hash !== null || world.clock.now() >= login.expires_at) throw new VaultRefusal('login_over');
  const taken = await db.act(({ tx }) => takeLogin(tx, tenant, stateHash, codeHash));
  if (taken === 'another') throw new VaultRefusal('login_over');
  if (taken === 'again') return waitForFirst(parts, login);
  try {
    return await redeemed(parts, login, new Secret(answer.code));
  } catch (error) {
    // A second answer that waits for this one is told that it waits for nothing.
    const again = !(error instanceof VaultRefusal) || error.reason === 'server_away';
    await db.act(({ tx }) => (again ? releaseLogin : endLogin)(tx, tenant, stateHash));
    throw error;
  }
}

async function refusedByDialog(parts: Parts, login: LoginRow, { errorCode, error }: DialogAnswer): Promise<never> {
  const at = parts.world.clock.now();
  const facts = {
    denied: error === 'access_denied',
    code: Number.isSafeInteger(errorCode) ? (errorCode ?? null) : null,
  };
  await parts.db.act(({ tx }) =>
    recordEvent({ tx }, { tenant: login.tenant, connectionId: login.connection_id, kind: 'refused_login', at, facts }),
  );
  throw new VaultRefusal('login_refused');
}

/** The same answer came before: its connection is that of this one, too. */
async function waitForFirst({ db, world }: Parts, login: LoginRow): Promise<FinishedLogin> {
  const end = world.wall.ms() + PATIENCE;
  for (;;) {
    const now = await loginByState(db.read, login.tenant, login.state_hash);
    if (now !== undefined && now.result_id !== null) return { id: now.result_id, purpose: login.purpose, isNew: false };
    if (now === undefined || now.code_hash === null || now.expires_at === 0 || world.wall.ms() >= end)
      throw new VaultRefusal('login_over');
    await pause(world.wall, LOOK);
  }
}

async function redeemed(parts: Parts, login: LoginRow, code: Secret): Promise<FinishedLogin> {
  const app = await openApp(parts, login.tenant, login.app_id);
  if (app?.remote === undefined) throw new VaultRefusal('app_without_secret', { id: login.app_id });
  const service = services[app.row.service];
  const verifier = service.pkce ? new Secret(await parts.keys.open(login.verifier, verifierPlace(login))) : undefined;
  const answer = await redeem(tokenServer(parts, app), {
    code,
    redirectUri: login.redirect,
    ...(verifier && { verifier }),
    ...(!service.inspects && { grant: 'authorization_code' }),
  });
  if (answer.fault?.kind === 'refused') throw refusedWith(answer.fault);
  if (answer.fault) throw new VaultRefusal('server_away', { reason: answer.fault.reason });
  const examined = await examineRedeemed(parts, app, answer.value);
  await refuseOthers(parts, login, examined);
  const long = await longLived(app, await withName(app, examined), parts.world.clock.now());
  return keepLogin(parts, app, login, long);
}

/** Errors of a redemption are about the app and the dialog: what the catalogue advises for them is in the reason. */
const refusedWith = ({ reason, code, subcode }: AnsweredError & { reason: string }): VaultRefusal =>
  new VaultRefusal('refused_by_server', { reason: wordsFor(code, subcode) ?? reason });

/** These codes mean something else than they say. Source: brightbean-studio#136. */
function wordsFor(code: number | undefined, subcode: number | undefined): string | undefined {
  return code === WRONG_APP_ID || subcode === WRONG_APP_ID
    ? 'Use the id and secret that the app has for Threads. They differ from those of the app itself.'
    : undefined;
}

const WRONG_APP_ID = 4_476_002;

/** Instagram redeems codes at another host than it answers calls. An app with addresses of its own has one for both. */
function tokenServer(parts: Parts, { row, remote, client }: OpenApp) {
  const { graph, tokens } = services[row.service];
  const server = remote ?? { client, id: row.app_id, secret: new Secret('') };
  if (row.graph_base !== graph || tokens === graph) return server;
  return { ...server, client: createClient({ base: tokens, fetch: parts.fetch }) };
}

async function examineRedeemed(parts: Parts, app: OpenApp, redeemed: RedeemedToken): Promise<ExaminedToken> {
  const { short } = services[app.row.service];
  for (let tries = 1; ; tries++) {
    const now = parts.world.clock.now();
    const { token, fault } = await examine(app, redeemed.token, short, now);
    if (token) {
      const life = redeemed.expiresIn ?? kindOf(short).life;
      return token.told.data === undefined && life !== undefined ? withLife(token, now, life) : token;
    }
    if (fault.kind === 'refused' || fault.kind === 'unknown')
      throw new VaultRefusal('refused_by_server', { reason: fault.reason });
    if (tries === TRIES) throw new VaultRefusal('server_away', { reason: fault.reason });
    await pause(parts.world.wall, 1000 * tries);
  }
}

/** VT-06: a token of another app or person is not kept, and what is there stays as it is. */
async function refuseOthers(parts: Parts, login: LoginRow, { appId, subject, told }: ExaminedToken): Promise<void> {
  if (told.data?.is_valid === false) throw new VaultRefusal('refused_by_server', { reason: told.judgement.reason });
  const same = login.expected_subject === null || subject.id === login.expected_subject;
  if (same && appId === login.app_id) return;
  const facts = { app: appId, subject: subject.id, expected: login.expected_subject };
  const at = parts.world.clock.now();
  await parts.db.act(({ tx }) =>
    recordEvent(
      { tx },
      { tenant: login.tenant, connectionId: login.connection_id, kind: 'identity_mismatch', at, facts },
    ),
  );
  throw new VaultRefusal('another_person');
}
