// A fleet: connections of mixed kinds in a vault, whose tokens an emulator world gave through its real pages and calls, and
// the truth about each of them.
import { type Emulator, fetchIn } from '@hallpass/emulator';
import type { DebugTokenData } from '@hallpass/protocol';
import { Dashboard } from '@hallpass/server/testing';
import { judge } from '../../src/judge.ts';
import type { VaultParts } from '../../src/parts.ts';
import type { HolderState } from '../../src/states.ts';
import type { Canaries } from './canaries.ts';
import type { Chance } from './chance.ts';
import { connectAgain, hold, holdMany, setApp, storedToken } from './holder.ts';
import { inLanes } from './in-lanes.ts';
import { type Granted, groupOf, groups } from './log-ins.ts';
import { allApps, appOf, type FleetSize, keeper, pageId } from './world.ts';

const businessId = '50001';
/** People who are at their dialogs at the same time. */
const LANES = 4;

type Form = Readonly<Record<string, string>>;

export class Fleet {
  readonly emulator: Emulator;
  readonly parts: VaultParts;
  readonly size: FleetSize;
  readonly chance: Chance;
  readonly ids: string[] = [];
  /** The secret of each app as the platform has it. */
  readonly secrets = new Map<string, string>(allApps.map(({ id, secret }) => [id, secret]));
  /** People whose accounts are gone. */
  readonly gone = new Set<number>();
  /** The ids of people and system users in the dashboard, by name. */
  systemUsers: string[] = [];
  readonly canaries: Canaries;
  #desk: Dashboard | undefined;
  #deskAt = 0;

  constructor(
    { emulator, parts, canaries }: { emulator: Emulator; parts: VaultParts; canaries: Canaries },
    size: FleetSize,
    chance: Chance,
  ) {
    this.emulator = emulator;
    this.canaries = canaries;
    for (const { secret } of allApps) canaries.add(secret);
    this.parts = parts;
    this.size = size;
    this.chance = chance;
  }

  get now(): number {
    return this.emulator.clock.now();
  }

  /** A call without faults, beside the vault. */
  async call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    params: Form,
  ): Promise<{ status: number; body: unknown }> {
    const query = new URLSearchParams(params).toString();
    const response = await fetchIn(this.emulator)(
      `${this.emulator.url}${path}${method === 'POST' ? '' : `?${query}`}`,
      {
        method,
        headers: method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {},
        ...(method === 'POST' && { body: query }),
      },
    );
    return { status: response.status, body: await response.json() };
  }

  /** Asks the platform what it says of a token now; undefined where it refuses the app as a whole. */
  async truth(token: string, app: string): Promise<DebugTokenData | undefined> {
    const { body } = await this.call('GET', '/debug_token', {
      input_token: token,
      access_token: `${app}|${this.secrets.get(app) ?? ''}`,
    });
    return (body as { data?: DebugTokenData }).data;
  }

  async #dataOf(token: string, app: string): Promise<DebugTokenData> {
    const data = await this.truth(token, app);
    if (data === undefined) throw new Error(`The app ${app} is refused.`);
    return data;
  }

  /** Tells how the token that the vault holds stands in truth, and whether it has come to the end that it was made with. */
  async look(id: string): Promise<{ state: HolderState; ended: boolean }> {
    const data = await this.truth(await storedToken(this.parts, id), this.appOfId(id));
    return { state: data ? judge(data, this.now).state : 'blocked_at_meta', ended: data?.error?.subcode === 463 };
  }

  appOfId(id: string): string {
    const { group, n } = groupOf(id);
    return groups[group].app(n).id;
  }

  /** The user connection of a person, and those of the Pages. */
  userId = (n: number): string => `u-${n}`;
  pagesOf = (n: number): string[] => Array.from({ length: this.size.pagesEach }, (_, page) => `p-${n}-${page}`);
  /** Everything of a person, with what some have with other apps. */
  ofPerson = (n: number): string[] => [
    this.userId(n),
    ...this.pagesOf(n),
    ...(n < this.size.others ? [`l-${n}`, `d-${n}`] : []),
  ];

  /** A new token for a connection, as its holder gets one; nothing is put into the vault. */
  newToken(id: string): Promise<Granted> {
    const { group, n } = groupOf(id);
    return groups[group].token(this, n);
  }

  /** A connection is renewed by those who can. */
  async reconnect(id: string): Promise<void> {
    const { token } = await this.newToken(id);
    await connectAgain(this.parts, id, token, await this.#dataOf(token, this.appOfId(id)));
  }

  /** The dashboard of the keeper, who gave the password a moment ago. */
  async desk(): Promise<Dashboard> {
    if (this.#desk === undefined || this.now - this.#deskAt > 600) {
      const browser = this.emulator.people.get(keeper.id).openBrowser();
      this.#desk = await new Dashboard(browser).open(keeper);
      await this.#desk.confirm(keeper.password);
      this.#deskAt = this.now;
    }
    return this.#desk;
  }

  async connectEverybody(progress: (done: number) => void): Promise<void> {
    const { parts, emulator, size } = this;
    for (const { id, secret } of allApps) await setApp(parts, emulator.url, id, secret);
    await inLanes(Array(size.people).keys(), LANES, async (n) => {
      await this.#connectPerson(n);
      progress(this.ids.length);
    });
    await this.#listSystemUsers();
    for (const [group, count] of [
      ['s', size.systemUsers],
      ['l', size.others],
      ['d', size.others],
      ['i', size.others],
    ] as const)
      for (let n = 0; n < count; n++) await this.#connect(`${group}-${n}`);
    progress(this.ids.length);
  }

  async #connect(id: string): Promise<string> {
    const { group, n } = groupOf(id);
    const { token } = await this.newToken(id);
    const app = this.appOfId(id);
    await hold(this.parts, { id, app, token, kind: groups[group].kind(n), data: await this.#dataOf(token, app) });
    this.ids.push(id);
    return token;
  }

  async #connectPerson(n: number): Promise<void> {
    const app = appOf(n).id;
    const token = await this.#connect(this.userId(n));
    const { body } = await this.call('GET', '/me/accounts', {
      access_token: token,
      limit: '100',
      fields: 'id,access_token',
    });
    const pages = new Map(
      (body as { data: { id: string; access_token: string }[] }).data.map((one) => [one.id, one.access_token]),
    );
    const holdings = this.pagesOf(n).map(async (id, page) => {
      const text = pages.get(pageId(n, page)) ?? '';
      this.canaries.add(text);
      const data = await this.#dataOf(text, app);
      return { id, app, token: text, kind: 'page_long' as const, data, parent: this.userId(n) };
    });
    await holdMany(this.parts, await Promise.all(holdings));
    this.ids.push(...this.pagesOf(n));
  }

  async #listSystemUsers(): Promise<void> {
    const desk = await this.desk();
    let after = '';
    while (this.systemUsers.length < this.size.systemUsers) {
      const { body } = await desk.get(
        `/${businessId}/system_users?fields=id&limit=100${after === '' ? '' : `&after=${after}`}`,
      );
      this.systemUsers.push(...body.data.map((one: { id: string }) => one.id));
      after = body.paging?.cursors?.after ?? '';
      if (body.data.length === 0) break;
    }
  }
}
