// Alerts go to the people who run an app: in its dashboard, and by mail to its administrators, to its contact address and
// to the address for notifications. Source: the access-token guide ("if your app has been affected, a dev alert has been
// sent to you"); what else is told, and how it is sent, is ours.
import type { AlertKind } from '@hallpass/protocol';
import * as appAlerts from '../store/apps/app-alerts.ts';
import * as apps from '../store/apps/apps.ts';
import * as grants from '../store/grants/grants.ts';
import * as signingKeys from '../store/installation/signing-keys.ts';
import type { Change } from './change.ts';
import { endedUnder } from './keys/ended-keys.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import type { AppId } from '../store/ids.ts';

interface NewAlert {
  appId: AppId;
  kind: AlertKind;
  /** The number of people who are concerned. */
  people?: number;
  about?: string;
  /** Nothing is told again that was told within so many seconds. */
  quietFor?: number;
}

/** Alerts the people of an app in the change that it tells of: one line in the dashboard, and its mails. */
export async function alertApp(
  installation: Pick<Installation, 'world'>,
  making: Change,
  { appId, kind, people = 0, about, quietFor = 0 }: NewAlert,
): Promise<void> {
  const createdAt = installation.world.clock.now();
  const alert = { appId, kind, about: about ?? null };
  if (quietFor > 0 && (await appAlerts.wasAlerted(making.tx, alert, createdAt - quietFor))) return;
  const id = newId(installation);
  await appAlerts.add(making.tx, { ...alert, id, people, createdAt });
  for (const personId of await apps.administratorsOf(making.tx, appId))
    making.queue({ appId, kind: 'alert_mail', personId, payload: { alert: id } });
  for (const to of await apps.alertAddresses(making.tx, appId))
    making.queue({ appId, kind: 'alert_mail', payload: { alert: id, to } });
  making.event({ name: 'app.alerted', outcome: 'ok', reason: kind, appId, actorKind: 'system' });
}

/** In the change that ended the keys: one alert for each app that has people under them. */
export async function alertOwners(
  installation: Pick<Installation, 'world'>,
  making: Change,
  kind: AlertKind,
): Promise<void> {
  const spans = endedUnder(await signingKeys.list(making.tx));
  if (spans.length === 0) return;
  for (const { appId, people } of await grants.countByApp(making.tx, spans))
    await alertApp(installation, making, { appId, kind, people });
}
