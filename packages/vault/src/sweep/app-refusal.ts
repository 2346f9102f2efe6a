// A platform may refuse an app itself: its secret is wrong, or it is switched off. Nothing can be learnt of its tokens
// meanwhile, so this is one event of its own when it begins, and one when the app is accepted again.
import { recordEvent } from '../events/record-event.ts';
import type { VaultParts } from '../parts.ts';
import { appRefusal, refusalKey, refusalShape } from '../store/apps/app-refusals.ts';
import { addSetting, deleteSetting, settingOf } from '../store/settings.ts';
import type { SweptApp } from './apps.ts';
import type { GroupLook } from './look-at-group.ts';
import { outage } from './outage.ts';

/** Since when it is refused. An outage may tell the same: it is news once it has been told for long enough. */
const doubtKey = (appId: string): string => `sweep/refusing/${appId}`;

/** Notes what a look at a group says of the app. Of several workers that find the same, one writes the event. */
export async function noteAppRefusal(
  { db, world }: Pick<VaultParts, 'db' | 'world'>,
  { tenant, app_id }: SweptApp,
  { refusal, looks }: GroupLook,
): Promise<void> {
  const doubt = await settingOf(db.read, tenant, doubtKey(app_id), refusalShape);
  const at = world.clock.now();
  const news = { tenant, connectionId: null, at } as const;
  if (refusal === undefined) {
    const wasHeard = looks.some(({ token, told }) => token !== undefined && told !== undefined);
    if (doubt === undefined || !wasHeard) return;
    await db.act(async ({ tx }) => {
      await deleteSetting(tx, tenant, doubtKey(app_id));
      if (await deleteSetting(tx, tenant, refusalKey(app_id)))
        await recordEvent({ tx }, { ...news, kind: 'app_accepted', facts: { app_id } });
    });
  } else if (doubt === undefined) {
    await db.act(({ tx }) => addSetting(tx, tenant, doubtKey(app_id), { since: at }));
  } else if (at - doubt.since >= outage.believeAfter && (await appRefusal(db.read, tenant, app_id)) === undefined) {
    const { code = null, subcode = null, advice } = refusal;
    await db.act(async ({ tx }) => {
      if (await addSetting(tx, tenant, refusalKey(app_id), { since: doubt.since, advice: advice.holder }))
        await recordEvent(
          { tx },
          { ...news, kind: 'app_refused', facts: { app_id, code, subcode, advice: advice.holder } },
        );
    });
  }
}
