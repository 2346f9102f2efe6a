// This grant gives a session-info token: a native client shows its server who the person is without handing over a
// token that can act. Known from an identity provider's documentation. No secret is needed, so it lives no longer than
// the token it came from.
import { lifetimes } from '@hallpass/protocol';
import { expiresIn } from '../oauth/expires-in.ts';
import { grant } from '../oauth/grant.ts';
import { saidOfHandedToken, userTokenToExchange } from '../oauth/handed-token.ts';
import { param } from '../graph/language/params.ts';
import { remint } from '../installation/mint.ts';

export const fbAttenuateToken = grant('fb_attenuate_token', {
  doc: 'Gives a session-info token (XAA…) for a valid user token: it identifies the person and has no permissions.',
  client: 'none',
  params: { fb_exchange_token: param.secret('The user token.', { required: true }) },
  issues: ['session_info'],
  says: { fb_exchange_token: ['param.required', ...saidOfHandedToken] },
  async run(context, args, { app }) {
    const { installation, now } = context;
    const record = await userTokenToExchange(context, app, args.fb_exchange_token);
    const most = now + lifetimes.sessionInfoToken;
    const expiresAt = record.expiresAt === 0 ? most : Math.min(most, record.expiresAt);
    const token = remint(installation, record, { kind: 'session_info', issuedAt: now, expiresAt });
    return { access_token: token, token_type: 'bearer', ...expiresIn(expiresAt, now) };
  },
});
