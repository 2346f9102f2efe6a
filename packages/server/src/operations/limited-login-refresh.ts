// This operation gives a new id_token of Limited Login without the person, for the device that holds the key of the old
// one. Known from the iOS SDK: a form with a DPoP proof, answered with the id_token or one of three words.
import { anyone, graphError } from '@hallpass/protocol';
import type { Context } from '../graph/language/context.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';
import { addressesFor } from '../hosts.ts';
import { proves } from '../identity/dpop.ts';
import { signIdToken } from '../identity/id-token.ts';
import { loginStands, openIdToken } from '../identity/limited-login.ts';
import * as limitedGrants from '../store/grants/limited-grants.ts';
import { AppId } from '../store/ids.ts';

const PATH = 'limited_login/refresh';

/** The public address may have another scheme than the one that reached this process. */
function ownAddresses({ call, installation }: Context): string[] {
  const { publicUrl } = installation.settings;
  const schemes = new Set([new URL(call.base).protocol, new URL(publicUrl ?? call.base).protocol]);
  const { host } = new URL(call.base);
  return [...schemes].flatMap((scheme) => ['', '/'].map((end) => `${scheme}//${host}/${PATH}${end}`));
}

export const limitedLoginRefresh = operation('POST', PATH, {
  doc: 'Renews an id_token of Limited Login that is bound to a key. Refusals are `login_required`, `consent_required` and `invalid_dpop_proof`.',
  needs: anyone,
  ownCredentials: true,
  errors: 'oauth',
  refuses: ['limited.login_required', 'limited.dpop_proof', 'limited.consent_required'],
  params: {
    id_token_hint: param.secret('The last id_token; its time may be over.', { required: true }),
    app_id: param.idOf(AppId, 'The app.', { required: true }),
  },
  async run(context, { id_token_hint: hint, app_id: appId }) {
    const { call, installation, now } = context;
    const opened = await openIdToken(installation, hint, appId);
    if (!opened?.login) throw graphError('limited.login_required');
    const { claims, login, user } = opened;
    const thumbprint = (claims.cnf as { jkt?: unknown } | undefined)?.jkt;
    const asked = { method: 'POST', addresses: ownAddresses(context), bound: hint };
    if (
      typeof thumbprint !== 'string' ||
      !(await proves(installation, { ...asked, proof: call.dpop ?? '', thumbprint }))
    )
      throw graphError('limited.dpop_proof');
    const app = await installation.facts.app(appId);
    const grant = await limitedGrants.find(installation.db.read, appId, user);
    if (!app || !grant || !(await loginStands(installation, login))) throw graphError('limited.login_required');
    if (grant.dataAccessUntil !== 0 && now >= grant.dataAccessUntil) throw graphError('limited.consent_required');
    const nonce = typeof claims.nonce === 'string' ? claims.nonce : undefined;
    const addresses = addressesFor(call.base, installation.settings);
    installation.world.log('info', 'id_token.renewed', { outcome: 'ok', appId, traceId: call.traceId });
    return {
      id_token: await signIdToken(installation, { app, user, addresses, nonce, thumbprint, limited: { grant, login } }),
    };
  },
});
