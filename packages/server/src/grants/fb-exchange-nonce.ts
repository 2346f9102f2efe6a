// This grant gives a token for the nonce that a log-in on a phone got in its place. Known from the iOS SDK. No secret
// is needed, so the nonce works once, for the app that it was given to, for five minutes (threats TM-10, RR-04).
import { graphError } from '@hallpass/protocol';
import { isCode } from '../codes/codes.ts';
import { redeemCode } from '../codes/redeem-code.ts';
import { expiresIn } from '../oauth/expires-in.ts';
import { grant } from '../oauth/grant.ts';
import { noteToken } from '../graph/authentication/note-token.ts';
import { param } from '../graph/language/params.ts';
import { addressesFor } from '../hosts.ts';
import { signIdToken } from '../identity/id-token.ts';

export const fbExchangeNonce = grant('fb_exchange_nonce', {
  doc: 'Exchanges the nonce that a log-in on a phone got for its user token, once, within five minutes.',
  client: 'none',
  params: { fb_exchange_nonce: param.secret('The nonce.', { required: true }) },
  issues: ['user'],
  says: { fb_exchange_nonce: ['param.required', 'code.malformed', 'code.client', 'code.used', 'code.expired'] },
  async run(context, { fb_exchange_nonce: nonce }, { app, proven }) {
    const { installation, call, now } = context;
    if (!isCode(nonce)) {
      noteToken(context, 'token.wrong_kind', app, nonce);
      throw graphError('code.malformed');
    }
    const { address, traceId } = call;
    const redeemed = await redeemCode(installation, {
      code: nonce,
      app,
      proven,
      redirectUri: undefined,
      verifier: undefined,
      address,
      traceId,
      kinds: ['exchange_nonce'],
    });
    const { expiresAt, payload, token } = redeemed;
    const user = payload.record.user;
    const granted = await installation.facts.grant(app.id, user);
    const asked = {
      app,
      user,
      addresses: addressesFor(call.base, installation.settings),
      nonce: payload.nonce,
      thumbprint: payload.thumbprint,
    };
    return {
      access_token: token,
      token_type: 'bearer',
      expires: expiresAt,
      ...expiresIn(expiresAt, now),
      ...(granted ? { data_access_expiration_time: granted.dataAccessUntil } : {}),
      ...(payload.openid ? { id_token: await signIdToken(installation, asked) } : {}),
      graph_domain: 'facebook',
    };
  },
});
