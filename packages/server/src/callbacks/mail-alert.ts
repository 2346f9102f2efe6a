// Sends one alert by mail. Whom it goes to is decided when it is sent: an administrator of the app, at their present
// address.
import { alertWords } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import * as appAlerts from '../store/apps/app-alerts.ts';
import type { Delivery } from '../store/outbox/outbox.ts';
import type { CallResult } from './call-app.ts';

const nobody: CallResult = { ok: false, ms: 0, error: 'no_receiver' };

/** `no_receiver` where no mail server is set, or there is nobody left to write to. */
export async function mailAlert(
  installation: Installation,
  { id, appId, personId, payload }: Delivery,
): Promise<CallResult> {
  const { db, facts, settings, world } = installation;
  const app = await facts.app(appId);
  const person = personId === null ? null : await facts.person(personId);
  const alert = await appAlerts.byId(db.read, String(payload['alert']));
  if (!world.mail || !app || !alert || app.status === 'deleted' || person?.state !== 'active' || person.email === null)
    return nobody;
  if (!(await facts.appRoles(appId, person.id)).includes('administrators')) return nobody;
  const { title, message } = alertWords(alert.kind, app.name, alert.people);
  const { ms, fault } = await world.mail.send({
    id,
    to: person.email,
    subject: `${settings.platformName}: ${title} (${app.name})`,
    text: `${message}\n\nYou get this mail because you are an administrator of ${app.name} on ${settings.platformName}. The alert is in the dashboard of the app, too.\n`,
  });
  return fault === undefined ? { ok: true, ms } : { ok: false, ms, error: fault };
}
