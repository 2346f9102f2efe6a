// Alerts go to the people who run an app whose people's tokens were ended by the operator. Source: the access-token
// guide ("if your app has been affected, a dev alert has been sent to you"); how it is sent is ours: in the dashboard,
// and by mail.
import type { AlertKind } from '@hallpass/protocol';
import * as appAlerts from '../store/apps/app-alerts.ts';
import * as apps from '../store/apps/apps.ts';
import * as grants from '../store/grants/grants.ts';
import * as signingKeys from '../store/installation/signing-keys.ts';
import type { Change } from './change.ts';
import { endedUnder } from './ended-keys.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';

/**
 * In the change that ended the keys: one alert for each app that has people under them, and one mail for each
 * administrator of it.
 */
export async function alertOwners(installation: Installation, making: Change, kind: AlertKind): Promise<void> {
  const spans = endedUnder(await signingKeys.list(making.tx));
  if (spans.length === 0) return;
  const createdAt = installation.world.clock.now();
  for (const { appId, people } of await grants.countByApp(making.tx, spans)) {
    const id = newId(installation);
    await appAlerts.add(making.tx, { id, appId, kind, people, createdAt });
    for (const personId of await apps.administratorsOf(making.tx, appId))
      making.queue({ appId, kind: 'alert_mail', personId, payload: { alert: id } });
    making.event({ name: 'app.alerted', outcome: 'ok', reason: kind, appId, actorKind: 'system' });
  }
}
