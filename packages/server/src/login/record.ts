// A dialog that went well ends here: one change that records the grant and makes what the app gets. Nothing is given
// that the person did not see (invariant I-12).
import { lifetimes, signSignedRequest } from '@hallpass/protocol';
import { issueCode } from '../codes/codes.ts';
import { giveGrant, Overtaken } from '../consent/give-grant.ts';
import { isNative, loginTokenLife } from '../codes/token-life.ts';
import { type Change, change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import { mint, newId } from '../installation/mint.ts';
import * as grants from '../store/grants/grants.ts';
import * as limitedGrants from '../store/grants/limited-grants.ts';
import * as singleUse from '../store/codes/single-use.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import type { TokenRecord } from '../tokens/record.ts';
import { requestedPermissions } from './requested-permissions.ts';
import { consentedGrant } from './consented-grant.ts';
import { finishInteraction, type Interaction } from './interactions.ts';
import { nonceHash, nonceLife } from './nonce.ts';
import { asksForToken } from './response-type.ts';
import { isDecided } from './steps/consent.ts';
import { agreedOf, scopeRequestOf, type Visit, type VisitWith } from './visit.ts';
import type { ScopedId } from '../store/ids.ts';

interface MadeToken {
  text: string;
  /** Epoch seconds; 0 = never. */
  expiresAt: number;
}

/** The answer is made of these parts. */
export interface DialogOutcome {
  grant: grants.Grant;
  scopedId: ScopedId;
  code: string | undefined;
  token: MadeToken | undefined;
  /** The exchange nonce that is given in place of a token. */
  nonce: string | undefined;
  /** The limited grant that an id_token of Limited Login hangs on. */
  login: TokenRecord | undefined;
  longLivedToken: MadeToken | undefined;
  signedRequest: string | undefined;
}

/** @throws Overtaken; then nothing has changed */
export async function recordGrant(
  visit: Visit,
  interaction: Interaction | undefined,
  requestId: string,
): Promise<DialogOutcome> {
  const { installation, app, me, request } = visit;
  const now = installation.world.clock.now();
  return change(installation, async (making) => {
    if (interaction && !(await finishInteraction(installation, making, interaction)))
      throw new Overtaken('interaction_expired');
    await useNonce(visit, making, now);
    const by = { kind: 'person' as const, id: me.person.id };
    const reason = request.responses.join(' ');
    making.event({
      name: 'dialog.granted',
      outcome: 'ok',
      reason,
      appId: app.id,
      ...actorFacts(by),
      targetId: me.person.id,
      requestId,
    });
    const { grant, scopedId, minted } = await giveGrant(installation, making, {
      appId: app.id,
      person: me.person,
      session: me.session.id,
      table: request.limited ? limitedGrants : grants,
      by,
      reason: 'dialog',
      requestId,
      version: request.version ?? app.settings.defaultVersion,
      now,
      decide(before) {
        const { answers } = visit;
        const wanted = requestedPermissions(scopeRequestOf(visit), app, visit.insider, before ?? null);
        if (!isDecided({ answers, wanted })) throw new Overtaken('changed');
        const pages = answers.allPages ? ('all' as const) : answers.pages;
        const said = { wanted, agreed: agreedOf({ answers, wanted }), pages, now };
        return consentedGrant(before, { appId: app.id, personId: me.person.id, ...said });
      },
      mint: (known) => makeCredentials(visit, making, known, now),
    });
    return { grant, scopedId, ...minted };
  });
}

export async function useNonce(
  { installation, request, me }: VisitWith<'me'>,
  { tx }: Change,
  now: number,
): Promise<void> {
  if (request.authNonce === undefined) return;
  const hash = nonceHash(installation, request.appId, request.authNonce);
  const row = {
    hash,
    kind: 'auth_nonce',
    app_id: request.appId,
    person_id: me.person.id,
    payload: '{}',
    expires_at: now + nonceLife,
    used_at: now,
    tries: 0,
  } as const;
  if (!(await singleUse.claim(tx, row))) throw new Overtaken('nonce_used');
}

/** The record of a log-in is no token: its times are settled when something is made of it. */
const noTimes = { expiresAt: 0, longLived: false, native: true } as const;

async function makeCredentials(
  visit: Visit,
  making: Change,
  scopedId: ScopedId,
  now: number,
): Promise<Pick<DialogOutcome, 'code' | 'token' | 'nonce' | 'login' | 'longLivedToken' | 'signedRequest'>> {
  const { installation, request, app, me, target } = visit;
  const words = new Set(request.responses);
  const facts = { now, marketingTier: app.settings.marketingTier };
  const about = { app: app.id, user: me.person.id, session: me.session.id, login: newId(installation) };
  const authType = request.authType.join(',') || undefined;
  const { authNonce } = request;

  const tokenOf = async (life: { expiresAt: number; longLived: boolean; native: boolean }): Promise<MadeToken> => {
    const { text } = await mint(installation, making.tx, {
      kind: 'user',
      ...about,
      issuedAt: now,
      ...life,
      authType,
      authNonce,
    });
    making.event({
      name: 'token.issued',
      outcome: 'ok',
      reason: 'user',
      appId: app.id,
      actorKind: 'person',
      actorId: me.person.id,
      tokenFp: fingerprint(installation.keys, text),
    });
    return { text, expiresAt: life.expiresAt };
  };
  const common = {
    ...about,
    redirectUri: target.uri,
    form: target.form,
    nonce: request.nonce,
    thumbprint: request.thumbprint,
    authType,
    authNonce,
  };
  const codeOf = () =>
    issueCode(installation, making, { ...common, challenge: request.challenge, openid: visit.wanted.openid });

  if (request.limited) {
    const { record } = await mint(installation, making.tx, {
      kind: 'user',
      ...about,
      ...noTimes,
      issuedAt: now,
      authType,
      authNonce,
    });
    return {
      code: undefined,
      token: undefined,
      nonce: undefined,
      login: record,
      longLivedToken: undefined,
      signedRequest: undefined,
    };
  }
  const code = words.has('code') ? await codeOf() : undefined;
  const swaps = words.has('token_or_nonce') && !words.has('token') && app.settings.nonceInFlow && isNative(target.form);
  const nonce = swaps
    ? await issueCode(installation, making, { ...common, openid: words.has('id_token') }, 'exchange_nonce')
    : undefined;
  const token = asksForToken(words) && !swaps ? await tokenOf(loginTokenLife(target.form, 'client', facts)) : undefined;
  const longLived = { expiresAt: lifetimes.longUserToken(facts), longLived: true, native: false };
  const longLivedToken = token && app.settings.longLivedTokenInFlow ? await tokenOf(longLived) : undefined;
  // The browser SDK keeps the signed request in a cookie for the app's server, which exchanges its code (never a token
  // in it).
  const inside = words.has('signed_request')
    ? (code ?? (target.form === 'relay' ? await codeOf() : undefined))
    : undefined;
  const signedRequest = words.has('signed_request')
    ? await signSignedRequest(
        { user_id: scopedId, issued_at: now, ...(inside === undefined ? {} : { code: inside }) },
        app.secret,
      )
    : undefined;
  return { code, token, nonce, login: undefined, longLivedToken, signedRequest };
}
