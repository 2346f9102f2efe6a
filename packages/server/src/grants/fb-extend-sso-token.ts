// This grant serves the daily renewal by the mobile SDKs. It needs no secret, so it takes only tokens that a native
// log-in of this app received, and never goes beyond the end of data access (threats TM-10): a leaked one-hour token
// must not last for ever.
import { lifetimes, graphError } from '@hallpass/protocol';
import { grant } from '../oauth/grant.ts';
import { saidOfHandedToken, viewerOf } from '../oauth/handed-token.ts';
import { expiresIn } from '../oauth/expires-in.ts';
import { remint } from '../installation/mint.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import type { TokenRecord } from '../tokens/record.ts';

export const fbExtendSsoToken = grant('fb_extend_sso_token', {
  doc: 'Renews the user token of a native log-in; the token itself is the access_token of the call. The new end is not later than the end of data access.',
  client: 'none',
  issues: ['user'],
  says: { access_token: ['token.missing', 'token.not_native', ...saidOfHandedToken] },
  async run(context, _args, { app }) {
    const { installation, now } = context;
    const { token, record, grant: granted } = await viewerOf(context, app, ['user']);
    if (token === undefined || !record || !granted) throw graphError('token.not_allowed_here');
    if (!record.native) throw graphError('token.not_native');
    const expiresAt = newEnd(record, granted.dataAccessUntil, now);
    const text =
      expiresAt === record.expiresAt
        ? token
        : remint(installation, record, { issuedAt: now, expiresAt, longLived: true });
    if (text !== token)
      installation.world.log('info', 'token.exchanged', {
        outcome: 'ok',
        reason: 'extended',
        appId: app.id,
        traceId: context.call.traceId,
        tokenFp: fingerprint(installation.keys, token),
      });
    return {
      access_token: text,
      token_type: 'bearer',
      expires_at: expiresAt,
      ...expiresIn(expiresAt, now),
      data_access_expiration_time: granted.dataAccessUntil,
      graph_domain: 'facebook',
    };
  },
});

/** Epoch seconds. The present end stays within a day of the issue, and where nothing would be gained. */
function newEnd(record: TokenRecord, dataAccessUntil: number, now: number): number {
  if (record.expiresAt === 0 || now - record.issuedAt < lifetimes.exchangeAgainAfter) return record.expiresAt;
  const policy = lifetimes.longUserToken({ now, marketingTier: 'none' });
  return Math.max(record.expiresAt, dataAccessUntil === 0 ? policy : Math.min(policy, dataAccessUntil));
}
