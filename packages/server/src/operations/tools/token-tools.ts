// The Access Token Debugger does these things with a token that somebody pasted: show all of it, make it last longer,
// end it. People with a role on its app do this in the dashboard. Tokens come in the body of a POST alone, since an
// address is kept in logs.
import {
  all,
  any,
  appRole,
  appRoles,
  confirmed,
  dashboard,
  type DebugTokenData,
  graphError,
  keysOf,
  on,
  type Requirement,
  self,
  where,
} from '@hallpass/protocol';
import { exchangedLife } from '../../codes/token-life.ts';
import type { Context } from '../../graph/language/context.ts';
import { inspects } from '../../graph/authorisation/inspects.ts';
import { openInspected, subjectOf } from '../../graph/authentication/inspected-token.ts';
import { param } from '../../graph/language/params.ts';
import { operation } from '../../graph/language/schema.ts';
import { remint } from '../../installation/mint.ts';
import { describeToken } from '../../liveness/describe-token.ts';
import type { OpenedCredential } from '../../liveness/open-token.ts';
import { callableWith, certificateOf, familyOf, viewerOfInspected } from '../../graph/why/token-family.ts';
import { endToken } from '../../oauth/end-token.ts';
import { userTokenToExchange } from '../../oauth/handed-token.ts';
import { fingerprint } from '../../tokens/fingerprint.ts';

const input_token = param.secret('The token.', { required: true });
/** Needed besides by what changes something, about a token that can be read. */
const onReadable = <const N extends Requirement>(needs: N) =>
  on('token', 'input_token', any(where('unreadable_token', 'input_token'), needs));

export const tokenTools = [
  operation('POST', 'inspect_token', {
    doc: 'All that the Access Token Debugger shows of a token: what debug_token tells, names, where it comes from, what it can call now, and how it ended.',
    source: 'ours',
    needs: all(dashboard, inspects('input_token')),
    params: { input_token },
    async run(context, { input_token: text }) {
      return inspected(context, await openInspected(context, text), text);
    },
  }),
  operation('POST', 'extend_token', {
    doc: 'A long-lived token for a user token of the person themselves, as fb_exchange_token gives it to the server of the app.',
    source: 'ours',
    needs: all(dashboard, confirmed, inspects('input_token'), onReadable(all(appRole(...keysOf(appRoles)), self))),
    params: { input_token },
    async run(context, { input_token: text }) {
      const { installation, now } = context;
      const { appId } = subjectOf(await openInspected(context, text));
      const app = appId === undefined ? null : await installation.facts.app(appId);
      if (!app) throw graphError('token.malformed');
      const record = await userTokenToExchange(context, app, text);
      const life = exchangedLife({ now, marketingTier: app.settings.marketingTier });
      const token = remint(installation, record, { issuedAt: now, ...life });
      installation.world.log('info', 'token.exchanged', {
        outcome: 'ok',
        reason: 'debugger',
        appId: app.id,
        traceId: context.call.traceId,
        tokenFp: fingerprint(installation.keys, text),
      });
      return { access_token: token, expires_at: life.expiresAt };
    },
  }),
  operation('POST', 'end_token', {
    doc: 'Ends a token with all of its log-in, as oauth/revoke does.',
    source: 'ours',
    needs: all(dashboard, inspects('input_token'), onReadable(any(self, appRole('administrators', 'developers')))),
    params: { input_token },
    async run(context, { input_token: text }) {
      const presented = await openInspected(context, text);
      if (presented.is !== 'sealed' && presented.is !== 'dead') throw graphError('token.unsupported_type');
      const { record } = presented;
      await endToken(context, record, text, { kind: 'person', id: context.viewer.person.id });
      return { success: true };
    },
  }),
];

async function inspected(context: Context, presented: OpenedCredential, text: string) {
  const { installation } = context;
  const data: DebugTokenData = await describeToken(installation, presented);
  // A token of a withdrawn key may be forged, so nothing is told of the person that it names.
  const known = presented.is === 'sealed' || (presented.is === 'dead' && presented.death.cause !== 'withdrawn');
  const record = known ? presented.record : undefined;
  const viewer = data.is_valid ? await viewerOfInspected(context, text) : undefined;
  const person = record && (await installation.facts.person(record.user));
  const grant = record && (await installation.facts.grant(record.app, record.user));
  const page = record?.page === undefined ? undefined : await installation.facts.page(record.page);
  return {
    data,
    kind:
      presented.is === 'unreadable' ? undefined : presented.is === 'joined' ? presented.kind : presented.record.kind,
    ...(person ? { user_name: person.name } : {}),
    ...(page ? { page_name: page.name } : {}),
    // The person's last log-in to the app, whichever token is looked at.
    ...(grant?.loginVersion === undefined ? {} : { login_version: grant.loginVersion }),
    ...(record ? { origin: record.native ? 'Mobile' : record.session === undefined ? 'Unknown' : 'Web' } : {}),
    extendable: await mayExtend(context, presented),
    ...(presented.is === 'dead' && record ? { ended: certificateOf(presented.death, record.user) } : {}),
    family: record ? await familyOf(context, presented, viewer) : undefined,
    calls: viewer && viewer.kind !== 'none' ? await callableWith(context, viewer) : [],
    now: context.now,
  };
}

/** A user token of one's own, of an app on which one has a role. */
async function mayExtend({ installation, viewer }: Context, presented: OpenedCredential): Promise<boolean> {
  if (presented.is !== 'sealed' || presented.record.kind !== 'user') return false;
  const { app, user } = presented.record;
  return user === viewer.person?.id && (await installation.facts.appRoles(app, user)).length > 0;
}
