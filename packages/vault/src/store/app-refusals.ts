// Apps that their platform refuses: sweeps write the record, and mails read it when they are sent.
import { shape } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import type { VaultSchema } from './schema.ts';
import { settingOf } from './settings.ts';

/** Epoch seconds of the protocol's clock. */
export const refusalShape = shape.object<{ since: number }>({ since: shape.number });
/** The name of the record that is there while the app is refused. */
export const refusalKey = (appId: string): string => `sweep/refused/${appId}`;

/** True while the platform refuses the app, as the last look at one of its tokens found. */
export const isAppRefused = async (q: Kysely<VaultSchema>, tenant: string, appId: string): Promise<boolean> =>
  (await settingOf(q, tenant, refusalKey(appId), refusalShape)) !== undefined;
