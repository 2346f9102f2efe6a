// A credential of the wrong kind, or of another app, is noted where it is refused: once for each call, by the
// fingerprint of the token and never by a part of it (threats TM-01, section 4.4).
import type { GraphRequest } from '../../wire/call.ts';
import type { Installation } from '../../installation/installation.ts';
import { fingerprint } from '../../tokens/fingerprint.ts';

export type TokenEvent = 'token.cross_app' | 'token.wrong_kind';

/** Writing the line needs these parts; a Context is one. */
interface TokenNoteContext {
  readonly installation: Installation;
  readonly call: Pick<GraphRequest, 'traceId'>;
}

/** @param app the app that asks, where it is known */
export function noteToken(
  { installation, call }: TokenNoteContext,
  event: TokenEvent,
  app: { id: string } | undefined,
  token: string,
): void {
  installation.world.log('info', event, {
    outcome: 'refused',
    appId: app?.id,
    traceId: call.traceId,
    tokenFp: fingerprint(installation.keys, token),
  });
}
