// Step 4 of a call leads from the presented credential to the viewer. Opens the seal, checks that the token is alive,
// checks the proof. Everything a call may do afterwards hangs on what is found here.
import { classify, graphError, refuseUnchecked } from '@hallpass/protocol';
import { openCredential, type Opened } from '../../apps/open-credential.ts';
import type { GraphRequest } from '../../wire/call.ts';
import { grantOf, isInactive } from '../../liveness/grant-of.ts';
import type { Installation } from '../../installation/installation.ts';
import { type Maybe, withValue } from '../../installation/maybe.ts';
import { pageTokenState } from '../../liveness/page-tokens.ts';
import { inForce } from '../../liveness/permissions.ts';
import { fingerprint } from '../../tokens/fingerprint.ts';
import { noteToken } from './note-token.ts';
import { demandProof } from './proof.ts';
import { nobody, type Viewer, viewerOfApp } from './viewer.ts';
import { secretIsKnown } from '../../store/apps/apps.ts';
import type { Grant } from '../../store/grants/grants.ts';

/**
 * @throws GraphError token.* for a credential that is not alive, proof.* for a missing or wrong proof,
 *   app.address_call for an app secret from an address off the list, token.embedded_secret for a native app's
 */
export function authenticate(installation: Installation, call: GraphRequest): Maybe<Viewer> {
  const text = call.credential;
  if (text === undefined) return nobody;
  const viewer = withValue(openCredential(installation, text, call.address), (opened) =>
    toViewer(installation, call, text, opened),
  );
  return withValue(viewer, (found) => proven(installation, call, text, found));
}

/** The viewer, whose app secret the call has shown to know where that is asked for. */
function proven(installation: Installation, call: GraphRequest, text: string, viewer: Viewer): Viewer {
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

function toViewer(installation: Installation, call: GraphRequest, text: string, presented: Opened): Maybe<Viewer> {
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
    case 'sealed':
      return withValue(grantOf(installation, presented.record, presented.subject.person), (grant) =>
        viewerOfToken(installation, call, text, presented, grant),
      );
  }
}

/** The viewer behind a living token, and what was granted for it. */
function viewerOfToken(
  installation: Installation,
  call: GraphRequest,
  text: string,
  { record, subject }: Extract<Opened, { is: 'sealed' }>,
  grant: Grant | null,
): Maybe<Viewer> {
  if (!grant) throw reject(installation, call, text, 'token.app_removed', { app: record.app });
  if (isInactive(installation, record, grant)) throw reject(installation, call, text, 'token.inactive');
  const { app, person, insider, appRoles } = subject;
  const force = inForce(app, grant, insider, installation.world.clock.now());
  const common = { token: text, record, app, person, grant, inForce: force, insider, appRoles };
  const { kind } = record;
  if (kind !== 'page') return { ...common, kind, page: undefined, usedSecret: false, dashboard: undefined };
  return withValue(pageTokenState(installation, record, force, grant), (state) => {
    if (state.page === undefined) throw reject(installation, call, text, state.error, state.params);
    return { ...common, kind, page: state.page, usedSecret: false, dashboard: undefined };
  });
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
