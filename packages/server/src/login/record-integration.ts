// A dialog in which a business connected an app ends here: one change that records what was given and makes the code.
// The app learns nothing of the person: no grant, no id.
import { issueIntegrationCode } from '../codes/codes.ts';
import { Overtaken, withConsent } from '../consent/give-grant.ts';
import { connect } from '../businesses/integrations.ts';
import { change } from '../liveness/change.ts';
import { newId } from '../installation/mint.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as configurations from '../store/apps/login-configurations.ts';
import { finishInteraction, type Interaction } from './interactions.ts';
import { type DialogOutcome, useNonce } from './record.ts';
import { askedOfBusiness } from './steps/business.ts';
import type { Visit } from './visit.ts';
import { AdAccountId, PageId, ScopedId } from '../store/ids.ts';

/** @throws Overtaken; then nothing has changed */
export async function recordIntegration(
  visit: Visit,
  interaction: Interaction | undefined,
  requestId: string,
): Promise<DialogOutcome> {
  const { installation, app, me, request, answers, target } = visit;
  const now = installation.world.clock.now();
  return change(installation, async (making) => {
    const { tx, event } = making;
    if (interaction && !(await finishInteraction(installation, making, interaction)))
      throw new Overtaken('interaction_expired');
    await useNonce(visit, making, now);
    return withConsent(installation, making, { appId: app.id, person: me.person, session: me.session.id }, async () => {
      const configuration = await configurations.byId(tx, visit.configuration?.id ?? '');
      if (configuration?.appId !== app.id || configuration.tokenType !== 'system_user') throw new Overtaken('changed');
      const permissions = askedOfBusiness({
        app,
        insider: visit.insider,
        scope: { ...visit.scope, permissions: configuration.permissions },
      });
      if (permissions.length === 0 || permissions.some((name) => !answers.consent?.asked.includes(name)))
        throw new Overtaken('changed');
      const businessId = visit.business?.id;
      if (businessId === undefined) throw new Overtaken('changed');
      const assets = {
        ...(configuration.assets.includes('pages') ? { pages: (answers.pages ?? []).map(PageId.of) } : {}),
        ...(configuration.assets.includes('ad_accounts')
          ? { ad_accounts: (answers.adAccounts ?? []).map(AdAccountId.of) }
          : {}),
      };
      const connecting = {
        app,
        businessId,
        personId: me.person.id,
        configurationId: configuration.id,
        permissions,
        assets,
        now,
      };
      const integration = await connect(installation, making, connecting);
      if (!integration) throw new Overtaken('changed');
      const mustExpire = (await businesses.byId(tx, businessId))?.settings.require_expiring_tokens === true;
      const { personId } = integration;
      const code = await issueIntegrationCode(installation, making, {
        app: app.id,
        user: personId,
        session: me.session.id,
        login: newId(installation),
        redirectUri: target.uri,
        form: target.form,
        challenge: request.challenge,
        integration: {
          permissions: integration.permissions,
          expiring: configuration.tokenExpiration === '60_days' || mustExpire,
          by: me.person.id,
          businessId,
        },
      });
      event({
        name: 'dialog.granted',
        outcome: 'ok',
        reason: 'code',
        appId: app.id,
        actorKind: 'person',
        actorId: me.person.id,
        targetId: personId,
        requestId,
      });
      const grant = {
        appId: app.id,
        personId,
        permissions: integration.permissions,
        dataAccessUntil: 0,
        createdAt: now,
        updatedAt: now,
      };
      return {
        grant,
        scopedId: ScopedId.none,
        code,
        token: undefined,
        nonce: undefined,
        longLivedToken: undefined,
        signedRequest: undefined,
        login: undefined,
      };
    });
  });
}
