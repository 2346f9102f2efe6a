// Authorization codes and client codes stand for a token that has not been made yet. The record of the later token is
// settled when the code is given, epochs included, so whatever ends the log-in meanwhile ends the code and its token
// too (threats RR-03). Only a keyed hash of the value is stored; rows go a day after the code expired (jobs/purge.ts).
import { lifetimes, scopeKey, shape } from '@hallpass/protocol';
import { keyedHashText } from '../hash.ts';
import type { Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import { mint } from '../installation/mint.ts';
import * as epochs from '../store/installation/epochs.ts';
import * as singleUse from '../store/codes/single-use.ts';
import { type Permit, permitsShape } from '../store/grants/grants.ts';
import { recordShape, type TokenRecord } from '../tokens/record.ts';
import { type Challenge, challengeShape } from './pkce.ts';
import { type LoginForm, loginForms } from './token-life.ts';
import { type AppId, BusinessId, PersonId } from '../store/ids.ts';

export type { Challenge } from './pkce.ts';

/** `exchange_nonce` is what a log-in on a phone gets in place of its token. */
export type CodeKind = 'code' | 'client_code' | 'exchange_nonce';

/** A finished dialog knows these things when it gives a code. */
export interface NewCode {
  app: AppId;
  /** Platform-wide id. */
  user: PersonId;
  /** The web session it happened in. */
  session: string | undefined;
  /** Id of the completed log-in: all tokens it leads to share it. */
  login: string;
  /** The address as the dialog got it. */
  redirectUri: string;
  form: LoginForm;
  challenge?: Challenge | undefined;
  /** `openid` was asked and granted: the exchange adds an id_token. */
  openid?: boolean | undefined;
  nonce?: string | undefined;
  /** Thumbprint to bind the id_token to (`dpop_jkt`). */
  thumbprint?: string | undefined;
  authType?: string | undefined;
  authNonce?: string | undefined;
}

/** The token of a system-user configuration is made for this. */
interface IntegrationConsent {
  permissions: Record<string, Permit>;
  /** Ends after 60 days. */
  expiring: boolean;
  /** The administrator of this business who said yes. */
  by: PersonId;
  businessId: BusinessId;
  /** Their log-in as it was then: whatever ends it ends the code. */
  maker: TokenRecord;
}

/** These things are kept with a code. */
export interface CodePayload {
  /** The token to be made; its times are settled at the exchange. */
  record: TokenRecord;
  /** Codes in flight die with the app secret. */
  secretEpoch: number;
  redirectUri: string;
  form: LoginForm;
  challenge?: Challenge | undefined;
  openid?: boolean | undefined;
  nonce?: string | undefined;
  thumbprint?: string | undefined;
  /** A code for a token of an integration. */
  integration?: IntegrationConsent | undefined;
}

/** As it is stored until the code is exchanged. */
export const payloadShape = shape.object<CodePayload>({
  record: recordShape,
  secretEpoch: shape.number,
  redirectUri: shape.text,
  form: shape.oneOf(...loginForms),
  challenge: shape.optional(challengeShape),
  openid: shape.optional(shape.boolean),
  nonce: shape.optional(shape.text),
  thumbprint: shape.optional(shape.text),
  integration: shape.optional(
    shape.object<IntegrationConsent>({
      permissions: permitsShape,
      expiring: shape.boolean,
      by: PersonId.shape,
      businessId: BusinessId.shape,
      maker: recordShape,
    }),
  ),
});

const lives: Record<CodeKind, number> = {
  code: lifetimes.authorizationCode,
  client_code: lifetimes.clientCode,
  exchange_nonce: lifetimes.exchangeNonce,
};

const BYTES = 160;
const form = /^AQ[\w-]{214}$/;

/** True for text that can be a code. */
export const isCode = (text: string): boolean => form.test(text);

/** Makes the value by which a code is looked up. */
export const codeHash = (installation: Pick<Installation, 'keys'>, kind: CodeKind, value: string): string =>
  keyedHashText(installation.keys.singleUse, `${kind}:${value}`);

/**
 * Gives the code of a finished dialog, within the change that records the grant. An `exchange_nonce` is what a dialog
 * on a phone gives: a code under another name, and never taken for one.
 */
export async function issueCode(
  installation: Pick<Installation, 'keys' | 'ring' | 'world'>,
  change: Pick<Change, 'tx' | 'event'>,
  newCode: NewCode,
  kind: 'code' | 'exchange_nonce' = 'code',
): Promise<string> {
  const { app, user, session, login, redirectUri, challenge, openid, nonce, thumbprint } = newCode;
  const { record } = await mint(installation, change.tx, {
    kind: 'user',
    app,
    user,
    session,
    login,
    issuedAt: installation.world.clock.now(),
    expiresAt: 0,
    longLived: false,
    native: false,
    authType: newCode.authType,
    authNonce: newCode.authNonce,
  });
  return store(installation, change, kind, {
    record,
    redirectUri,
    form: newCode.form,
    challenge,
    openid,
    nonce,
    thumbprint,
  });
}

/**
 * Gives the code of a dialog in which a business connected an app: the token will be one of the integration's system
 * user.
 */
export async function issueIntegrationCode(
  installation: Pick<Installation, 'keys' | 'ring' | 'world'>,
  change: Pick<Change, 'tx' | 'event'>,
  newCode: Pick<NewCode, 'app' | 'user' | 'session' | 'login' | 'redirectUri' | 'form' | 'challenge'> & {
    integration: Omit<IntegrationConsent, 'maker'>;
  },
): Promise<string> {
  const { app, user, session, login, redirectUri, form: place, challenge, integration } = newCode;
  const about = {
    app,
    login,
    issuedAt: installation.world.clock.now(),
    expiresAt: 0,
    native: false,
    authType: undefined,
    authNonce: undefined,
  };
  const { record } = await mint(installation, change.tx, {
    ...about,
    kind: 'system_user',
    user,
    session: undefined,
    longLived: true,
  });
  const { record: maker } = await mint(installation, change.tx, {
    ...about,
    kind: 'user',
    user: integration.by,
    session,
    longLived: false,
  });
  return store(installation, change, 'code', {
    record,
    redirectUri,
    form: place,
    challenge,
    integration: { ...integration, maker },
  });
}

/**
 * Gives a client code for the log-in of a living user token: its epochs are carried over. Source: "Get long-lived
 * tokens".
 */
export function issueClientCode(
  installation: Pick<Installation, 'keys' | 'world'>,
  change: Pick<Change, 'tx' | 'event'>,
  parent: TokenRecord,
  redirectUri: string,
): Promise<string> {
  return store(installation, change, 'client_code', { record: parent, redirectUri, form: 'web' });
}

async function store(
  installation: Pick<Installation, 'keys' | 'world'>,
  { tx, event }: Pick<Change, 'tx' | 'event'>,
  kind: CodeKind,
  payload: Omit<CodePayload, 'secretEpoch'>,
): Promise<string> {
  const { clock, random } = installation.world;
  const { app, user } = payload.record;
  const scope = scopeKey('app_secret', { app }) as string;
  const secretEpoch = (await epochs.current(tx, [scope])).get(scope) ?? 0;
  const value = `AQ${Buffer.from(random.bytes(BYTES)).toString('base64url')}`;
  await singleUse.insert(tx, {
    hash: codeHash(installation, kind, value),
    kind,
    app_id: app,
    person_id: payload.integration?.by ?? user,
    payload: JSON.stringify({ ...payload, secretEpoch } satisfies CodePayload),
    expires_at: clock.now() + lives[kind],
    used_at: null,
    tries: 0,
  });
  event({ name: 'code.issued', outcome: 'ok', reason: kind, appId: app, actorKind: 'person', actorId: user });
  return value;
}
