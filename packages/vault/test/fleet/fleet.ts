// A fleet: connections of mixed kinds in a vault, whose tokens an emulator world gave through its real pages and calls, and
// the truth about each of them.
import type { Emulator } from '@hallpass/emulator';
import type { DebugTokenData } from '@hallpass/protocol';
import { Dashboard } from '@hallpass/server/testing';
import type { VaultParts } from '../../src/parts.ts';
import type { Canaries } from './canaries.ts';
import type { Chance } from './chance.ts';
import { connectAgain, hold, setApp, storedToken } from './holder.ts';
import { appOf, apps, fetchIn, type FleetSize, keeper, pageId, personId, redirect, scopes } from './world.ts';

const businessId = '50001';

type Form = Readonly<Record<string, string>>;

export class Fleet {
  readonly emulator: Emulator;
  readonly parts: VaultParts;
  readonly size: FleetSize;
  readonly chance: Chance;
  readonly ids: string[] = [];
  /** The secret of each app as the platform has it. */
  readonly secrets = new Map<string, string>(apps.map(({ id, secret }) => [id, secret]));
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
    for (const { secret } of apps) canaries.add(secret);
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
        redirect: 'manual',
      },
    );
    return { status: response.status, body: await response.json() };
  }

  /** Asks the platform what it says of a token now; a refusal of the whole app counts as not valid. */
  async truth(token: string, app: string): Promise<DebugTokenData> {
    const { body } = await this.call('GET', '/debug_token', {
      input_token: token,
      access_token: `${app}|${this.secrets.get(app) ?? ''}`,
    });
    return (body as { data?: DebugTokenData }).data ?? { is_valid: false, scopes: [] };
  }

  /** True where the token that the vault holds works, and its person's data may be read. */
  async works(id: string): Promise<boolean> {
    const data = await this.truth(await storedToken(this.parts, id), this.appOfId(id));
    const end = data.data_access_expires_at ?? 0;
    return data.is_valid && (end === 0 || end > this.now);
  }

  appOfId(id: string): string {
    const [kind, n] = id.split('-');
    return kind === 's' ? apps[0].id : appOf(Number(n)).id;
  }

  /** The user connection of a person, and those of the Pages. */
  userId = (n: number): string => `u-${n}`;
  pagesOf = (n: number): string[] => Array.from({ length: this.size.pagesEach }, (_, page) => `p-${n}-${page}`);
  ofPerson = (n: number): string[] => [this.userId(n), ...this.pagesOf(n)];

  /** A long-lived token, as an app gets it: the dialog, the code, the exchange. */
  async logIn(n: number): Promise<{ token: string; code: string }> {
    const app = appOf(n);
    const secret = this.secrets.get(app.id) ?? '';
    const person = this.emulator.people.get(personId(n));
    const { code = '', error } = await person.logIn({ app: app.name, scope: scopes.join(','), redirectUri: redirect });
    const redeemed = await this.call('POST', '/oauth/access_token', {
      client_id: app.id,
      client_secret: secret,
      redirect_uri: redirect,
      code,
    });
    const short = (redeemed.body as { access_token?: string }).access_token ?? '';
    const { body } = await this.call('POST', '/oauth/access_token', {
      grant_type: 'fb_exchange_token',
      client_id: app.id,
      client_secret: secret,
      fb_exchange_token: short,
    });
    const token = (body as { access_token?: string }).access_token;
    if (token === undefined) throw new Error(`Person ${n} gets no token: ${error ?? JSON.stringify(body)}`);
    for (const canary of [token, short, code]) this.canaries.add(canary);
    return { token, code };
  }

  /** The person goes through the dialog again. */
  async reconnect(n: number): Promise<string> {
    const { token, code } = await this.logIn(n);
    await connectAgain(this.parts, this.userId(n), token, await this.truth(token, appOf(n).id));
    return code;
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
    const { parts, emulator } = this;
    for (const { id, secret } of apps) await setApp(parts, emulator.url, id, secret);
    for (let n = 0; n < this.size.people; n++) {
      await this.#connectPerson(n);
      progress(this.ids.length);
    }
    await this.#connectSystemUsers();
    progress(this.ids.length);
  }

  async #connectPerson(n: number): Promise<void> {
    const app = appOf(n).id;
    const { token } = await this.logIn(n);
    const data = await this.truth(token, app);
    await hold(this.parts, { id: this.userId(n), app, token, kind: 'user_long', data });
    this.ids.push(this.userId(n));
    const { body } = await this.call('GET', '/me/accounts', {
      access_token: token,
      limit: '100',
      fields: 'id,access_token',
    });
    const pages = new Map(
      (body as { data: { id: string; access_token: string }[] }).data.map((one) => [one.id, one.access_token]),
    );
    for (const [page, id] of this.pagesOf(n).entries()) {
      const text = pages.get(pageId(n, page)) ?? '';
      this.canaries.add(text);
      const of = await this.truth(text, app);
      await hold(this.parts, { id, app, token: text, kind: 'page_long', data: of, parent: this.userId(n) });
      this.ids.push(id);
    }
  }

  /** Half of the system users have tokens of 60 days, half tokens without an end. */
  async #connectSystemUsers(): Promise<void> {
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
    for (let n = 0; n < this.systemUsers.length; n++) {
      const token = await this.tokenOfSystemUser(n);
      const kind = n % 2 === 0 ? 'system_user_60_days' : 'system_user_never';
      await hold(this.parts, { id: `s-${n}`, app: apps[0].id, token, kind, data: await this.truth(token, apps[0].id) });
      this.ids.push(`s-${n}`);
    }
  }

  async tokenOfSystemUser(n: number): Promise<string> {
    const desk = await this.desk();
    const { body, text } = await desk.post(`/${this.systemUsers[n]}/access_tokens`, {
      business_app: apps[0].id,
      scope: 'pages_show_list,pages_read_engagement',
      ...(n % 2 === 0 && { set_token_expires_in_60_days: 'true' }),
    });
    if (body?.access_token === undefined) throw new Error(`System user ${n} gets no token: ${text}`);
    this.canaries.add(body.access_token);
    return body.access_token;
  }
}
