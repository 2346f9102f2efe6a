// Step 4 of a call leads from the presented credential to the viewer. Opens the seal, checks that the token is alive,
// checks the proof. Everything a call may do afterwards hangs on what is found here.
import { classify, graphError, refuseUnchecked } from '@hallpass/protocol';
import { openCredential, type Opened } from '../../apps/open-credential.ts';
import type { GraphRequest } from '../../wire/call.ts';
import { grantOf, isInactive } from '../../liveness/grant-of.ts';
import type { Installation } from '../../installation/installation.ts';
import { pageTokenState } from '../../liveness/page-tokens.ts';
import { inForce } from '../../liveness/permissions.ts';
import { fingerprint } from '../../tokens/fingerprint.ts';
import { noteToken } from './note-token.ts';
import { demandProof } from './proof.ts';
import { nobody, type Viewer, viewerOfApp } from './viewer.ts';
import { secretIsKnown } from '../../store/apps/apps.ts';

/**
 * @throws GraphError token.* for a credential that is not alive, proof.* for a missing or wrong proof,
 *   app.address_call for an app secret from an address off the list, token.embedded_secret for a native app's
 */
export async function authenticate(installation: Installation, call: GraphRequest): Promise<Viewer> {
  const text = call.credential;
  if (text === undefined) return nobody;
  const viewer = await toViewer(installation, call, text, await openCredential(installation, text, call.address));
  if (viewer.kind !== 'none') {
    const required = viewer.app.settings.requireAppSecretProof && viewer.kind !== 'client';
    if (required || call.proof !== undefined || call.proofTime !== undefined)
      demandProof(
        call,
        viewer.kind === 'app' ? [text, call.proofAlsoOver] : [text],
        viewer.app,
        required,
        installation.world.clock.now(),
        (reason) =>
          installation.world.log('warn', 'proof.rejected', {
            reason,
            appId: viewer.app.id,
            traceId: call.traceId,
            tokenFp: fingerprint(installation.keys, text),
          }),
      );
  }
  return viewer;
}

async function toViewer(
  installation: Installation,
  call: GraphRequest,
  text: string,
  presented: Opened,
): Promise<Viewer> {
  switch (presented.is) {
    case 'unreadable':
      // Not even of the form of a token: a code, a cookie, a signed request.
      if (classify(text).shape === 'unreadable') noteToken({ installation, call }, 'token.wrong_kind', undefined, text);
      throw reject(installation, call, text, presented.error);
    case 'dead':
      call.rejected = { appId: presented.record.app, cause: presented.death.cause, at: presented.death.at };
      throw reject(installation, call, text, presented.death.error, presented.death.params);
    case 'off_list':
      throw graphError('app.address_call');
    case 'joined': {
      const { app } = presented;
      // A native or desktop program carries its secret along.
      if (presented.kind === 'app' && secretIsKnown(app)) throw graphError('token.embedded_secret');
      return viewerOfApp(presented.kind, text, app, presented.usedSecret);
    }
    case 'sealed': {
      const { record, subject } = presented;
      const now = installation.world.clock.now();
      const grant = await grantOf(installation, record, subject.person);
      if (!grant) throw reject(installation, call, text, 'token.app_removed', { app: record.app });
      if (isInactive(installation, record, grant)) throw reject(installation, call, text, 'token.inactive');
      const { app, person, insider, appRoles } = subject;
      const common = {
        token: text,
        record,
        app,
        person,
        grant,
        inForce: inForce(app, grant, insider, now),
        insider,
        appRoles,
        usedSecret: false,
        dashboard: undefined,
      };
      if (record.kind !== 'page') return { ...common, kind: record.kind, page: undefined };
      const state = await pageTokenState(installation, record, common.inForce, grant);
      if (state.page === undefined) throw reject(installation, call, text, state.error, state.params);
      return { ...common, kind: record.kind, page: state.page };
    }
  }
}

function reject(
  installation: Installation,
  call: GraphRequest,
  text: string,
  error: Parameters<typeof refuseUnchecked>[0],
  params: Record<string, string> = {},
) {
  installation.world.log('info', 'token.rejected', {
    reason: error,
    traceId: call.traceId,
    tokenFp: fingerprint(installation.keys, text),
  });
  return refuseUnchecked(error, params);
}
