// An app in a mail to the team: the platform refuses it, or accepts it again. Like everything in a mail, it is said as it
// stands when the mail is sent.
import { mailLine } from '@hallpass/pages/mail';
import { appOfEvent } from '../events/record-event.ts';
import { services } from '../kinds.ts';
import { appRefusal } from '../store/apps/app-refusals.ts';
import { appById } from '../store/apps/apps.ts';
import { type DeliveryRow, lastToldOfApps } from '../store/people/deliveries.ts';
import type { ComposedItem, ItemParts } from './mail-item.ts';
import type { Speaker } from './words/words.ts';

const appIn = ({ payload }: Pick<DeliveryRow, 'payload'>): string => appOfEvent(payload);

/** @param told what was queued of apps for one receiver, at least one */
export async function appItems(
  parts: ItemParts,
  speaker: Speaker,
  told: readonly [DeliveryRow, ...DeliveryRow[]],
): Promise<ComposedItem[]> {
  const [{ tenant, receiver }] = told;
  const toldBefore = await lastToldOfApps(parts.db.read, { tenant, receiver });
  const items: ComposedItem[] = [];
  for (const appId of new Set(told.map(appIn))) {
    const app = await appById(parts.db.read, tenant, appId);
    if (app === undefined) continue;
    const refusal = await appRefusal(parts.db.read, tenant, appId);
    const isRefused = refusal !== undefined;
    const last = toldBefore.find((row) => appIn(row) === appId);
    // Nobody is told that an app is accepted again who was never told that it was refused.
    if (!isRefused && last?.event !== 'app_refused') continue;
    const kind = isRefused ? 'app_refused' : 'app_accepted';
    const service = services[app.service].label;
    const name = mailLine(appId);
    items.push({
      kind,
      item: {
        tone: isRefused ? 'danger' : 'good',
        title: speaker.say('app', { name }),
        says: [speaker.say(refusal?.advice === 'app_blocked' ? 'app_shut_down' : kind, { service })],
      },
      name,
      service,
      time: '',
      forOperator: true,
    });
  }
  return items;
}
