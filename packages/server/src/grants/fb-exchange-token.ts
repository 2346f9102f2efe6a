// A user token for a long-lived one of the same log-in. Source: "Get long-lived tokens". Nothing is stored: the new token
// carries the epochs of the old one, so whatever kills the one kills the other, also while the exchange is under way.
import { lifetimes } from '@hallpass/protocol';
import { exchangedLife } from '../accounts/token-life.ts';
import { expiresIn } from '../graph/expires-in.ts';
import { grant } from '../graph/grant.ts';
import { userTokenToExchange } from '../graph/handed-token.ts';
import { param } from '../graph/params.ts';
import { remint } from '../liveness/mint.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import type { TokenRecord } from '../tokens/record.ts';

export const fbExchangeToken = grant('fb_exchange_token', {
  doc: 'Exchanges a living user token for a long-lived one with the same person, app and permissions.',
  client: 'secret',
  params: { fb_exchange_token: param.secret('The user token.', { required: true }) },
  issues: ['user'],
  async run(context, args, { app }) {
    const { installation, now } = context;
    const text = args.fb_exchange_token;
    const record = await userTokenToExchange(context, app, text);
    const life = exchangedLife({ now, marketingTier: app.settings.marketingTier });
    if (isFresh(record, life.expiresAt, now)) return { access_token: text, token_type: 'bearer', ...expiresIn(record.expiresAt, now) };
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

/** Long-lived, less than a day old, and with an end or without one as the app's tier says now: it keeps its string. */
const isFresh = (record: TokenRecord, newEnd: number, now: number): boolean =>
  record.longLived && now - record.issuedAt < lifetimes.exchangeAgainAfter && (record.expiresAt === 0) === (newEnd === 0);
