// This is the one redemption of a code. What can be seen without writing is checked first; then one conditional update
// decides who was first (threats I-2), in one change with its audit lines. A code that shows up in wrong hands takes
// its tokens with it (RFC 6749, section 4.1.2; threats DL-12 to DL-14, RR-01, RR-02).
import { type ErrorKey, graphError, lifetimes, readJson, refuseUnchecked, scopeKey } from '@hallpass/protocol';
import { limits } from '@hallpass/protocol/request';
import { networkPrefix } from '../wire/address.ts';
import { change, type Change, type ChangeContext } from '../liveness/change.ts';
import { check } from '../liveness/check.ts';
import type { AuditEvent } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { remint, ringFor } from '../installation/mint.ts';
import { stands } from '../liveness/waiting/waiting.ts';
import { integrationCode } from '../liveness/waiting/waiting-kinds.ts';
import type { App } from '../store/apps/apps.ts';
import * as singleUse from '../store/codes/single-use.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import { scopesOf, type TokenRecord } from '../tokens/record.ts';
import { codeHash, type CodeKind, type CodePayload, isCode, payloadShape } from './codes.ts';
import { secretFailed } from '../apps/guessing.ts';
import { keepIntegrationToken } from './integration-tokens.ts';
import { mayExplore } from './explorer.ts';
import { fitsChallenge } from './pkce.ts';
import { exchangedLife, isNative, loginTokenLife } from './token-life.ts';
import type { AppId } from '../store/ids.ts';

/** A client presents these things. */
interface CodeRedemptionRequest {
  code: string;
  app: App;
  /** The client showed the app secret. */
  proven: boolean;
  redirectUri: string | undefined;
  /** The fault of the address as such: it is judged before it is compared with that of the dialog. */
  redirectFault?: ErrorKey | undefined;
  verifier: string | undefined;
  /** Network address of the client. */
  address: string;
  traceId: string;
  /** The kinds of code that it may be: codes, unless a grant of its own takes it. */
  kinds?: readonly CodeKind[];
}

const codes: readonly CodeKind[] = ['code', 'client_code'];

export interface CodeRedemption {
  kind: CodeKind;
  /** The token itself. */
  token: string;
  /** Epoch seconds; 0 = never. */
  expiresAt: number;
  payload: CodePayload;
}

interface CodeRecord {
  row: singleUse.SingleUse;
  kind: CodeKind;
  payload: CodePayload;
}

/**
 * Failed PKCE tries that burn a code. As many replays of a used one get a line of the trail; those after them stand in
 * the log alone.
 */
const TRIES = 10;

/**
 * Turns a code into a token, once. @throws GraphError code.* | redirect.missing | secret.missing, token.* where the
 * log-in has ended
 */
export async function redeemCode(
  installation: ChangeContext & Pick<Installation, 'ring' | 'settings'>,
  presented: CodeRedemptionRequest,
): Promise<CodeRedemption> {
  const { app, proven } = presented;
  const now = installation.world.clock.now();
  const kept = await find(installation, presented.code, presented.kinds ?? codes);
  if (!kept) throw refuseUnchecked(presented.redirectFault ?? 'code.malformed', {});
  if (kept.row.app_id !== app.id) throw await refuseOtherClient(installation, kept, presented);
  if (!proven && !standsWithoutSecret(kept)) throw await secretMissing(installation, kept, presented);
  if (presented.redirectFault && !hasAddressOfOurs(kept.payload)) throw refuseUnchecked(presented.redirectFault, {});
  if (kept.row.used_at !== null) throw await replayed(installation, kept, presented);
  if (now >= kept.row.expires_at) throw graphError('code.expired');
  const redirect = kept.kind === 'exchange_nonce' ? undefined : wrongRedirect(kept.payload, presented.redirectUri);
  if (redirect) throw refuseUnchecked(redirect, {});
  if (unbound(kept, app) || !fitsChallenge(installation.keys, kept.payload.challenge, presented.verifier))
    throw await wrongVerifier(installation, kept, presented);
  await mustBeAlive(installation, kept.payload);
  if (kept.payload.form === 'explorer' && !(await mayExplore(installation, app.id, kept.payload.record.user)))
    throw graphError('code.expired');
  const made = make(installation, kept, app, now);
  const first = await change(installation, async ({ tx, event }) => {
    if (!(await singleUse.consume(tx, kept.row.hash, now))) return false;
    const waiting = await integrationCode.find(tx, kept.row.hash);
    if (waiting && !(await stands(installation, tx, integrationCode, waiting))) throw graphError('code.expired');
    await keepIntegrationToken(installation, { tx }, made, now);
    const who = {
      appId: app.id,
      actorKind: 'app',
      actorId: app.id,
      targetId: kept.payload.record.user,
      requestId: presented.traceId,
    };
    event({ name: 'code.redeemed', outcome: 'ok', reason: kept.kind, ...who });
    event({
      name: 'token.issued',
      outcome: 'ok',
      reason: kept.payload.record.kind,
      tokenFp: fingerprint(installation.keys, made.token),
      ...who,
    });
    return true;
  });
  if (!first) throw await replayed(installation, kept, presented);
  return made;
}

/**
 * A client without the right secret presented this text: if it is a used code, somebody else has seen it, and its
 * tokens end.
 */
export async function usedCodeWasSeen(installation: ChangeContext, code: string, traceId: string): Promise<void> {
  const kept = await find(installation, code, codes);
  if (kept && kept.row.used_at !== null)
    await endTokens(installation, kept, { traceId, appId: kept.payload.record.app });
}

async function find(
  installation: Pick<Installation, 'db' | 'keys'>,
  code: string,
  kinds: readonly CodeKind[],
): Promise<CodeRecord | undefined> {
  if (!isCode(code)) return undefined;
  for (const kind of kinds) {
    const row = await singleUse.find(installation.db.read, codeHash(installation, kind, code));
    if (row) return { row, kind, payload: readJson(payloadShape, row.payload) };
  }
  return undefined;
}

/** Client codes, nonces, and codes bound by PKCE that went to an address on the person's own device. */
const standsWithoutSecret = ({ kind, payload }: CodeRecord): boolean =>
  kind !== 'code' ||
  (payload.challenge !== undefined &&
    payload.integration === undefined &&
    (isNative(payload.form) || payload.form === 'explorer'));

/** The relay of the browser SDK and the return page of the Explorer: no app lists them. */
const hasAddressOfOurs = ({ form }: CodePayload): boolean => form === 'relay' || form === 'explorer';

/** A code that no challenge came with, of an app that requires PKCE: also one of before it was switched on. */
const unbound = ({ kind, payload }: CodeRecord, app: App): boolean =>
  app.settings.requirePkce && kind === 'code' && payload.challenge === undefined;

/**
 * Byte for byte as the dialog got it; a code that the browser SDK obtained goes without (its relay address is nobody's
 * page).
 */
function wrongRedirect(payload: CodePayload, redirectUri: string | undefined): ErrorKey | undefined {
  if (payload.form === 'relay') return redirectUri === undefined ? undefined : 'code.redirect';
  if (redirectUri === undefined) return 'redirect.missing';
  if (redirectUri.length > limits.redirectUri) return 'redirect.not_allowed';
  return redirectUri === payload.redirectUri ? undefined : 'code.redirect';
}

async function mustBeAlive(
  installation: Pick<Installation, 'db' | 'facts' | 'ring' | 'world'>,
  { record, secretEpoch, integration }: CodePayload,
): Promise<void> {
  ringFor(installation, record);
  if ((await installation.facts.epoch(scopeKey('app_secret', record) as string)) !== secretEpoch)
    throw graphError('code.expired');
  for (const one of integration ? [record, integration.maker] : [record]) {
    const liveness = await check(installation, { ...one, expiresAt: 0 });
    if (!liveness.alive) throw refuseUnchecked(liveness.death.error, liveness.death.params);
  }
  const connected = integration && (await installation.facts.integration(record.user));
  const minted = integration
    ? connected?.removedAt === null
    : (await installation.facts.grant(record.app, record.user)) !== null;
  if (!minted) throw graphError('token.app_removed', { app: record.app });
}

function make(
  installation: Pick<Installation, 'ring' | 'world'>,
  { kind, payload }: CodeRecord,
  app: App,
  now: number,
): CodeRedemption {
  const facts = { now, marketingTier: app.settings.marketingTier };
  const { record, form, integration } = payload;
  if (integration) {
    const ends = integration.expiring ? now + lifetimes.expiringSystemUserToken : 0;
    return {
      kind,
      token: remint(installation, record, { issuedAt: now, expiresAt: ends, longLived: true }),
      expiresAt: ends,
      payload,
    };
  }
  const life =
    kind === 'client_code' ? { ...exchangedLife(facts), native: record.native } : loginTokenLife(form, 'server', facts);
  const { expiresAt, longLived, native } = life;
  return {
    kind,
    token: remint(installation, { ...record, native }, { issuedAt: now, expiresAt, longLived }),
    expiresAt,
    payload,
  };
}

/**
 * A used code again, from its own client: browsers submit twice, so the first token stays unless the operator says
 * otherwise.
 */
async function replayed(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  kept: CodeRecord,
  { app, traceId }: CodeRedemptionRequest,
) {
  if (installation.settings.alwaysRevokeOnReplay) await endTokens(installation, kept, { traceId, appId: app.id });
  else
    await noteMisuse(installation, kept, {
      name: 'code.replayed',
      outcome: 'refused',
      appId: app.id,
      requestId: traceId,
    });
  return graphError('code.used');
}

/**
 * Tells of a code in wrong hands, and of what that led to. Whoever has seen a code can come any number of times, and
 * writes ten.
 */
async function noteMisuse(
  installation: ChangeContext,
  { row }: CodeRecord,
  seen: AuditEvent,
  act?: (making: Change) => Promise<void>,
): Promise<void> {
  const { name, ...facts } = seen;
  if (!act && row.tries >= TRIES) return installation.world.log('info', name, facts);
  await change(installation, async (making) => {
    const tries = await singleUse.failed(making.tx, row.hash);
    await act?.(making);
    if (act || tries <= TRIES) making.event(seen);
    else making.after(() => installation.world.log('info', name, facts));
  });
}

/** Another client: the code is burned, and tokens that came of it end. */
async function refuseOtherClient(
  installation: ChangeContext,
  kept: CodeRecord,
  { app, traceId }: CodeRedemptionRequest,
) {
  await endTokens(installation, kept, { traceId, appId: app.id, mismatch: true });
  return graphError('code.client');
}

async function secretMissing(
  installation: ChangeContext & Pick<Installation, 'settings'>,
  kept: CodeRecord,
  { app, address, traceId }: CodeRedemptionRequest,
) {
  if (kept.row.used_at !== null) await endTokens(installation, kept, { traceId, appId: app.id });
  await secretFailed(installation, app.id, networkPrefix(address));
  return graphError('secret.missing');
}

async function wrongVerifier(
  installation: ChangeContext,
  { row }: CodeRecord,
  { app, traceId }: CodeRedemptionRequest,
) {
  await change(installation, async ({ tx, event }) => {
    const tries = await singleUse.failed(tx, row.hash);
    if (tries >= TRIES) await singleUse.consume(tx, row.hash, installation.world.clock.now());
    event({
      name: 'code.verifier_mismatch',
      outcome: 'refused',
      appId: app.id,
      requestId: traceId,
      ...(tries >= TRIES ? { reason: 'burned' } : {}),
    });
  });
  return graphError('code.verifier');
}

/** Burns the code and ends the log-in it came of, once: a log-in that has ended already is left as it is. */
async function endTokens(
  installation: ChangeContext,
  kept: CodeRecord,
  seen: { traceId: string; appId: AppId; mismatch?: boolean },
): Promise<void> {
  const { row, payload } = kept;
  const { record } = payload;
  const alive = await loginAlive(installation, record);
  const name = seen.mismatch ? 'code.client_mismatch' : 'code.replayed';
  const event = {
    name,
    outcome: 'refused',
    appId: seen.appId,
    targetId: record.user,
    requestId: seen.traceId,
  } as const;
  const end = async ({ tx, record: died }: Change): Promise<void> => {
    const now = installation.world.clock.now();
    await singleUse.consume(tx, row.hash, now);
    if (record.kind === 'system_user' && record.login !== undefined) await systemUsers.endToken(tx, record.login, now);
    if (alive)
      await died('code_replayed', { app: record.app, user: record.user, login: record.login }, { kind: 'system' });
  };
  const useful = alive || row.used_at === null || row.tries < TRIES;
  await noteMisuse(installation, kept, event, useful ? end : undefined);
}

async function loginAlive(installation: Pick<Installation, 'facts'>, record: TokenRecord): Promise<boolean> {
  const login = scopesOf(record).find(({ anchor }) => anchor === 'login');
  return login !== undefined && (await installation.facts.epoch(login.scope)) === login.epoch;
}
