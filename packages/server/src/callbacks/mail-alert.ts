// Sends one alert by mail. Whom it goes to is decided when it is sent: an administrator of the app, at their present
// address.
import { wholeMail } from '@hallpass/pages/mail';
import { alertWords } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import type { App } from '../store/apps/apps.ts';
import * as appAlerts from '../store/apps/app-alerts.ts';
import type { Delivery } from '../store/outbox/outbox.ts';
import type { CallResult } from './call-app.ts';
import type { AppId, PersonId } from '../store/ids.ts';

const nobody: CallResult = { ok: false, ms: 0, error: 'no_receiver' };

/** The address of an administrator of the app, at the moment of sending. */
async function administratorsAddress(
  facts: Installation['facts'],
  appId: AppId,
  personId: PersonId,
): Promise<string | undefined> {
  const person = await facts.person(personId);
  if (person?.state !== 'active' || !(await facts.appRoles(appId, personId)).includes('administrators'))
    return undefined;
  return person.email ?? undefined;
}

/** The address that stands in a setting now. */
function addressOf({ settings }: App, setting: unknown): string | undefined {
  if (setting !== 'contactEmail' && setting !== 'updateNotificationEmail') return undefined;
  return settings[setting] || undefined;
}

/** `no_receiver` where no mail server is set, or there is nobody left to write to. */
export async function mailAlert(
  installation: Pick<Installation, 'db' | 'facts' | 'settings' | 'world'>,
  { id, appId, personId, payload }: Delivery,
): Promise<CallResult> {
  const { db, facts, settings, world } = installation;
  const app = await facts.app(appId);
  const alert = await appAlerts.byId(db.read, String(payload['alert']));
  if (!world.mail || !app || !alert || app.status === 'deleted') return nobody;
  const to = personId === null ? addressOf(app, payload['to']) : await administratorsAddress(facts, appId, personId);
  if (to === undefined) return nobody;
  const { title, message } = alertWords(alert.kind, { app: app.name, people: alert.people, about: alert.about });
  const why =
    personId === null ? `this address is in the settings of ${app.name}` : `you are an administrator of ${app.name}`;
  const { ms, fault } = await world.mail.send({
    id,
    to,
    ...wholeMail({
      language: 'en',
      platform: settings.platformName,
      subject: `${settings.platformName}: ${title} (${app.name})`,
      heading: title,
      opening: [message],
      items: [],
      closing: [
        `You get this mail because ${why} on ${settings.platformName}. The alert is in the dashboard of the app, too.`,
      ],
    }),
  });
  return fault === undefined ? { ok: true, ms } : { ok: false, ms, error: fault };
}
