// This grant gives a long-lived token for a user token of the same log-in. Source: "Get long-lived tokens". Nothing is
// stored: the new token carries the epochs of the old one, so whatever kills the one kills the other, also while the
// exchange is under way.
import { lifetimes, graphError, type TokenAnswer } from '@hallpass/protocol';
import { issueSystemUserToken } from '../businesses/system-users.ts';
import { exchangedLife } from '../codes/token-life.ts';
import type { Context } from '../graph/language/context.ts';
import { expiresIn } from '../oauth/expires-in.ts';
import { grant } from '../oauth/grant.ts';
import { saidOfHandedToken, userTokenToExchange } from '../oauth/handed-token.ts';
import { param } from '../graph/language/params.ts';
import { remint } from '../installation/mint.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import type { TokenRecord } from '../tokens/record.ts';

export const fbExchangeToken = grant('fb_exchange_token', {
  doc: 'Exchanges a valid user token for a long-lived one with the same person, app and permissions.',
  client: 'secret',
  params: {
    fb_exchange_token: param.secret('The user token, or a token of a system user that ends after 60 days.'),
    set_token_expires_in_60_days: param.bool(
      'For a token of a system user: a new token for another 60 days; the old one works until it expires.',
    ),
  },
  issues: ['user', 'system_user'],
  says: { fb_exchange_token: ['exchange.missing', ...saidOfHandedToken] },
  async run(context, args, { app }) {
    const { installation, now } = context;
    const text = args.fb_exchange_token;
    if (text === undefined) throw graphError('exchange.missing', { name: 'fb_exchange_token' });
    const record = await userTokenToExchange(context, app, text, ['user', 'system_user']);
    if (record.kind === 'system_user')
      return refresh(context, record, text, args.set_token_expires_in_60_days ?? false);
    const life = exchangedLife({ now, marketingTier: app.settings.marketingTier });
    if (isFresh(record, life.expiresAt, now))
      return { access_token: text, token_type: 'bearer', ...expiresIn(record.expiresAt, now) };
    const token = remint(installation, record, { issuedAt: now, ...life });
    installation.world.log('info', 'token.exchanged', {
      outcome: 'ok',
      appId: app.id,
      traceId: context.call.traceId,
      tokenFp: fingerprint(installation.keys, text),
    });
    return { access_token: token, token_type: 'bearer', ...expiresIn(life.expiresAt, now) };
  },
});

/**
 * Source: "Refresh access token" of the guide on system users. @throws GraphError token.not_allowed_here for a token
 * without an end
 */
async function refresh(
  { installation, now }: Context,
  record: TokenRecord,
  text: string,
  asked: boolean,
): Promise<TokenAnswer> {
  const granted = record.login === undefined ? null : await installation.facts.systemUserGrant(record.login);
  if (!asked || record.expiresAt === 0 || !granted) throw graphError('token.not_allowed_here');
  const { text: token, expiresAt } = await issueSystemUserToken(installation, {
    personId: record.user,
    appId: record.app,
    permissions: granted.permissions,
    expiring: true,
    by: { kind: 'app', id: record.app },
    refreshed: record,
  });
  installation.world.log('info', 'token.exchanged', {
    outcome: 'ok',
    reason: 'refreshed',
    appId: record.app,
    tokenFp: fingerprint(installation.keys, text),
  });
  return { access_token: token, token_type: 'bearer', ...expiresIn(expiresAt, now) };
}

/** Long-lived, less than a day old, and with an end or without one as the app's tier says now: it keeps its string. */
const isFresh = (record: TokenRecord, newEnd: number, now: number): boolean =>
  record.longLived &&
  now - record.issuedAt < lifetimes.exchangeAgainAfter &&
  (record.expiresAt === 0) === (newEnd === 0);
