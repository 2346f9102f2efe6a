// An app in a mail to the team: the platform refuses it, or accepts it again. Like everything in a mail, it is said as it
// stands when the mail is sent.
import { mailLine } from '@hallpass/pages/mail';
import { parseJson, shape } from '@hallpass/protocol';
import { services } from '../kinds.ts';
import { appById } from '../store/apps.ts';
import { type DeliveryRow, lastToldOfApps } from '../store/deliveries.ts';
import { isAppRefused } from '../sweep/app-refusal.ts';
import type { ComposedItem, ItemParts } from './mail-item.ts';
import type { Speaker } from './words/words.ts';

const factsShape = shape.object<{ app_id: string }>({ app_id: shape.text });
const appIn = ({ payload }: Pick<DeliveryRow, 'payload'>): string => parseJson(factsShape, payload)?.app_id ?? '';

/** @param told what was queued of apps for one receiver */
export async function appItems(
  parts: ItemParts,
  speaker: Speaker,
  told: readonly DeliveryRow[],
): Promise<ComposedItem[]> {
  const items: ComposedItem[] = [];
  for (const [appId, [first]] of Map.groupBy(told, appIn)) {
    const app = first && (await appById(parts.db.read, first.tenant, appId));
    if (first === undefined || app === undefined) continue;
    const { tenant, receiver } = first;
    const isRefused = await isAppRefused(parts.db.read, tenant, appId);
    const last = (await lastToldOfApps(parts.db.read, { tenant, receiver })).find((row) => appIn(row) === appId);
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
        says: [speaker.say(kind, { service })],
      },
      name,
      service,
      time: '',
    });
  }
  return items;
}
