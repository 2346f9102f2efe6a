// This grant gives a token for the code of a finished dialog, or for a client code. Sources: the guide on the manual
// log-in flow; "Get long-lived tokens" for client codes, which a client redeems without the secret; RFC 7636 for PKCE.
import { graphError } from '@hallpass/protocol';
import { isCode } from '../codes/codes.ts';
import { type CodeRedemption, redeemCode, usedCodeWasSeen } from '../codes/redeem-code.ts';
import { expiresIn } from '../oauth/expires-in.ts';
import { grant } from '../oauth/grant.ts';
import { noteToken } from '../graph/authentication/note-token.ts';
import { param } from '../graph/language/params.ts';
import { addressesFor } from '../hosts.ts';
import { signIdToken } from '../identity/id-token.ts';
import { redirectFault } from '../login/redirect/redirect-uri-of-app.ts';
import type { Context } from '../graph/language/context.ts';
import type { ClientCredentials } from '../oauth/client.ts';

const machineForm = /^[\w.-]{1,100}$/;

export const authorizationCode = grant('authorization_code', {
  doc: 'Exchanges the code that the dialog gave, or a code of oauth/client_code, for a user token; that of a system-user configuration for a token of the integration. Without the app secret only client codes, and PKCE-bound codes that went to a native redirect, can be redeemed.',
  client: 'secret_unless_bound',
  params: {
    code: param.secret('The code.'),
    redirect_uri: param.secret('Exactly as in the dialog; left out for a code that the browser SDK obtained.'),
    code_verifier: param.secret('The PKCE verifier, where the dialog was given a challenge.'),
    machine_id: param.text('Names the machine of a client that redeems a client code.'),
  },
  issues: ['user', 'system_user'],
  says: {
    code: ['code.missing', 'code.malformed', 'code.client', 'code.used', 'code.expired'],
    redirect_uri: ['redirect.missing', 'code.redirect'],
    code_verifier: ['code.verifier'],
  },
  first({ installation, call }, app) {
    const { code } = call.params;
    // A text that may be a code is looked up first: in wrong hands it takes its tokens with it, whatever address came
    // along.
    if (typeof code === 'string' && isCode(code)) return;
    const fault = redirectFault(installation, call.base, app, call.params);
    if (fault) throw graphError(fault);
  },
  async run(context, args, client) {
    if (args.code === undefined) throw graphError('code.missing');
    if (!isCode(args.code)) {
      noteToken(context, 'token.wrong_kind', client.app, args.code);
      throw graphError('code.malformed');
    }
    const redeemed = await redeemCode(context.installation, {
      code: args.code,
      app: client.app,
      proven: client.proven,
      redirectUri: args.redirect_uri,
      redirectFault: redirectFault(context.installation, context.call.base, client.app, context.call.params),
      verifier: args.code_verifier,
      address: context.call.address,
      traceId: context.call.traceId,
    });
    return {
      access_token: redeemed.token,
      token_type: 'bearer',
      ...expiresIn(redeemed.expiresAt, context.now),
      ...(redeemed.payload.openid ? { id_token: await idToken(context, client, redeemed) } : {}),
      ...(redeemed.kind === 'client_code' ? { machine_id: machineId(context, args.machine_id) } : {}),
    };
  },
  async refused(context, { code }) {
    if (typeof code === 'string') await usedCodeWasSeen(context.installation, code, context.call.traceId);
  },
});

function idToken(
  { installation, call }: Context,
  { app }: ClientCredentials,
  { payload }: CodeRedemption,
): Promise<string> {
  const { record, nonce, thumbprint } = payload;
  return signIdToken(installation, {
    app,
    user: record.user,
    addresses: addressesFor(call.base, installation.settings),
    nonce,
    thumbprint,
  });
}

/** The client keeps it and sends it along the next time. */
function machineId({ installation }: Context, sent: string | undefined): string {
  return sent !== undefined && machineForm.test(sent)
    ? sent
    : Buffer.from(installation.world.random.bytes(18)).toString('base64url');
}
