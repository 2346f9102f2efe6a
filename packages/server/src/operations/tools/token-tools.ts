// The Access Token Debugger does these things with a token that somebody pasted: show all of it, make it last longer,
// end it. People with a role on its app do this in the dashboard. Tokens come in the body of a POST alone, since an
// address is kept in logs.
import { all, appRoles, confirmed, dashboard, type DebugTokenData, graphError } from '@hallpass/protocol';
import { exchangedLife } from '../../codes/token-life.ts';
import type { Context } from '../../graph/language/context.ts';
import { appOfInspected, demandInspector, openInspected } from '../../graph/authentication/inspected-token.ts';
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
const guards = ['The caller has a role on the app of the token, or is the person it speaks for.'];

export const tokenTools = [
  operation('POST', 'inspect_token', {
    doc: 'All that the Access Token Debugger shows of a token: what debug_token tells, names, where it comes from, what it can call now, and how it ended.',
    source: 'ours',
    needs: dashboard,
    guards,
    params: { input_token },
    async run(context, { input_token: text }) {
      const presented = await openInspected(context, text);
      await demandInspector(context, presented, text);
      return inspected(context, presented, text);
    },
  }),
  operation('POST', 'extend_token', {
    doc: 'A long-lived token for a user token of the person themselves, as fb_exchange_token gives it to the server of the app.',
    source: 'ours',
    needs: all(dashboard, confirmed),
    guards: ['The caller has a role on the app of the token, and is the person it speaks for.'],
    params: { input_token },
    async run(context, { input_token: text }) {
      const { installation, now, viewer } = context;
      const presented = await openInspected(context, text);
      await demandInspector(context, presented, text);
      const appId = appOfInspected(presented);
      const app = appId === undefined ? null : await installation.facts.app(appId);
      if (!app) throw graphError('token.malformed');
      const roles = await installation.facts.appRoles(app.id, viewer.person?.id ?? '');
      if (roles.length === 0) throw graphError('permission.role', { roles: Object.keys(appRoles).join(' or ') });
      const record = await userTokenToExchange(context, app, text);
      if (record.user !== viewer.person?.id) throw graphError('permission.denied');
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
    needs: dashboard,
    guards: ['The caller is an administrator or developer of the app of the token, or the person it speaks for.'],
    params: { input_token },
    async run(context, { input_token: text }) {
      const { installation, viewer } = context;
      const presented = await openInspected(context, text);
      await demandInspector(context, presented, text);
      if (presented.is !== 'sealed' && presented.is !== 'dead') throw graphError('token.unsupported_type');
      const { record } = presented;
      const roles = await installation.facts.appRoles(record.app, viewer.person?.id ?? '');
      if (
        record.user !== viewer.person?.id &&
        !roles.some((role) => role === 'administrators' || role === 'developers')
      )
        throw graphError('permission.role', { roles: 'administrators or developers' });
      await endToken(context, record, text, { kind: 'person', id: viewer.person?.id });
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
