// The apps that a sweep asks in the name of, each with the way to its server and the pace at which it is asked.
import type { GraphClient } from '@hallpass/client';
import type { VaultParts } from '../parts.ts';
import type { RemoteApp } from '../remote/extend.ts';
import { openApp } from '../remote/open-app.ts';
import type { AppRow } from '../store/apps/apps.ts';
import type { AppKey } from '../store/due-connections.ts';
import { Pacer } from './pacer.ts';

export interface SweptApp extends AppKey {
  client: GraphClient;
  /** The app with its secret; undefined where the secret isn't known: then each token asks about itself. */
  remote: RemoteApp | undefined;
  pacer: Pacer;
}

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world' | 'fetch'>;

const nameOf = ({ tenant, app_id }: AppKey): string => `${tenant}\0${app_id}`;

export class SweptApps {
  readonly #parts: Parts;
  readonly #callsPerMinute: number | undefined;
  /** Paces outlast the rows: a server's patience does not begin anew with each sweep. */
  readonly #pacers = new Map<string, { pacer: Pacer; key: AppKey }>();

  constructor(parts: Parts, callsPerMinute?: number) {
    this.#parts = parts;
    this.#callsPerMinute = callsPerMinute;
  }

  /** The app as it is set now; undefined where the tenant has no such app. @throws VaultSealed */
  async get(key: AppKey): Promise<SweptApp | undefined> {
    const app = await openApp(this.#parts, key.tenant, key.app_id);
    if (app === undefined) return undefined;
    return {
      tenant: key.tenant,
      app_id: key.app_id,
      client: app.client,
      remote: app.remote,
      pacer: this.#pacerOf(app.row),
    };
  }

  #pacerOf({ tenant, app_id }: Pick<AppRow, 'tenant' | 'app_id'>): Pacer {
    const key = { tenant, app_id };
    const known = this.#pacers.get(nameOf(key));
    if (known) return known.pacer;
    const { wall, random } = this.#parts.world;
    const pacer = new Pacer({ wall, random, callsPerMinute: this.#callsPerMinute });
    this.#pacers.set(nameOf(key), { pacer, key });
    return pacer;
  }

  /** The apps whose servers are not to be asked now. */
  paused(): AppKey[] {
    return [...this.#pacers.values()].flatMap(({ pacer, key }) => (pacer.allowance() === 0 ? [key] : []));
  }
}
