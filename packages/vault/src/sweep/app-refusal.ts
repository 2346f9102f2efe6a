// A platform may refuse an app itself: its secret is wrong, or it is switched off. Nothing can be learnt of its tokens
// meanwhile, so this is one event of its own when it begins, and one when the app is accepted again.
import { shape } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import { recordEvent } from '../events/record-event.ts';
import type { VaultParts } from '../parts.ts';
import type { VaultSchema } from '../store/schema.ts';
import { addSetting, deleteSetting, settingOf } from '../store/settings.ts';
import type { SweptApp } from './apps.ts';
import type { GroupLook } from './look-at-group.ts';

const refusalShape = shape.object<{ since: number }>({ since: shape.number });
/** The name of the record that is there while the app is refused. */
export const refusalKey = (appId: string): string => `sweep/refused/${appId}`;

/** True while the platform refuses the app, as the last look at one of its tokens found. */
export const isAppRefused = async (q: Kysely<VaultSchema>, tenant: string, appId: string): Promise<boolean> =>
  (await settingOf(q, tenant, refusalKey(appId), refusalShape)) !== undefined;

/** Notes what a look at a group says of the app. Of several workers that find the same, one writes the event. */
export async function noteAppRefusal(
  { db, world }: Pick<VaultParts, 'db' | 'world'>,
  { tenant, app_id }: SweptApp,
  { refusal, looks }: GroupLook,
): Promise<void> {
  const wasRefused = await isAppRefused(db.read, tenant, app_id);
  const wasHeard = looks.some(({ token, told }) => token !== undefined && told !== undefined);
  if (wasRefused === (refusal !== undefined) || (refusal === undefined && !wasHeard)) return;
  const at = world.clock.now();
  await db.act(async ({ tx }) => {
    const isNews = refusal
      ? await addSetting(tx, tenant, refusalKey(app_id), { since: at })
      : await deleteSetting(tx, tenant, refusalKey(app_id));
    if (!isNews) return;
    const { code = null, subcode = null, advice } = refusal ?? {};
    await recordEvent(
      { tx },
      {
        tenant,
        connectionId: null,
        kind: refusal ? 'app_refused' : 'app_accepted',
        at,
        facts: { app_id, ...(refusal && { code, subcode, advice: advice?.holder ?? null }) },
      },
    );
  });
}
