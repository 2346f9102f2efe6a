// Apps that their platform refuses: sweeps write the record, and mails read it when they are sent.
import { shape } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import type { VaultSchema } from '../schema.ts';
import { settingOf } from '../settings.ts';

interface AppRefusal {
  /** Epoch seconds of the protocol's clock. */
  since: number;
  /** The advice of the catalogue for the refusal. */
  advice?: string | undefined;
}

export const refusalShape = shape.object<AppRefusal>({ since: shape.number, advice: shape.optional(shape.text) });
/** The name of the record that is there while the app is refused. */
export const refusalKey = (appId: string): string => `sweep/refused/${appId}`;

/** The refusal of an app, while its platform refuses it as the last look at one of its tokens found. */
export const appRefusal = (q: Kysely<VaultSchema>, tenant: string, appId: string): Promise<AppRefusal | undefined> =>
  settingOf(q, tenant, refusalKey(appId), refusalShape);
