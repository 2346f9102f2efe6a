// This module counts what a rehearsed change would end. Tokens are not stored, so they are counted by what they hang on, the grants
// and roles that are in force now. Each token is counted once, whatever it dies of.
import type { NamedObject, WouldEndAnswer } from '@hallpass/protocol';
import { isInsider } from '../liveness/insider.ts';
import { inForce } from '../liveness/permissions.ts';
import { mayImpersonate } from '../liveness/page-tokens.ts';
import type { RehearsedChange, TokenEnd } from '../liveness/rehearsal.ts';
import { secretIsKnown } from '../store/apps/apps.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import * as grants from '../store/grants/grants.ts';
import * as webSessions from '../store/people/web-sessions.ts';
import type { Context } from './language/context.ts';
import type { AppId, PageId, PersonId } from '../store/ids.ts';
import type { TokenIds } from '../tokens/record.ts';

export const nothingEnds: WouldEndAnswer = {
  user_tokens: 0,
  page_tokens: 0,
  system_user_tokens: 0,
  app_tokens: 0,
  sessions: 0,
  waiting: 0,
  ad_accounts: 0,
  people: 0,
  apps: [],
  pages: [],
};

/** Names of apps and Pages that are told; their number is in the counts of tokens. */
const MOST_NAMES = 10;

/** One thing that somebody gave an app: a grant of a person, or a living token of a system user, which is one by itself. */
interface Given {
  grant: grants.Grant;
  /** Set for a system user. */
  token: string | undefined;
}

/** @throws GraphError work.too_much where there is more than one call may count */
export async function wouldEnd(context: Context, change: RehearsedChange): Promise<WouldEndAnswer> {
  const count = new Count(context);
  for (const end of change.ends) await count.add(end);
  for (const { appId, personId, after } of change.grants) await count.addNarrowed(appId, personId, after);
  const { facts } = context.installation;
  let appTokens = 0;
  let people = 0;
  for (const app of change.apps) {
    const before = await facts.app(app.id);
    const ended = before?.status === 'active' && app.status !== 'active';
    if (ended) {
      people += await grants.countOfApp(context.q, app.id);
      count.apps.add(app.id);
    }
    const secretGone = before !== null && !secretIsKnown(before) && secretIsKnown(app);
    if (ended || secretGone || before?.secretEpoch !== app.secretEpoch) {
      appTokens += 1;
      count.apps.add(app.id);
    }
  }
  for (const { hits, ids } of change.ends) if (hits === 'app') people += await grants.countOfApp(context.q, ids.app);
  let sessions = 0;
  for (const [person, left] of change.sessionsLeft)
    sessions += (await webSessions.openOf(context.q, person)).length - left;
  return {
    user_tokens: count.userTokens.size,
    page_tokens: count.pageTokens.size,
    system_user_tokens: count.systemUserTokens.size,
    app_tokens: appTokens,
    sessions,
    waiting: change.withdrawn,
    ad_accounts: new Set(change.adAccounts.map(({ accountId }) => accountId)).size,
    people,
    apps: await named(count.apps, (id) => facts.app(id)),
    pages: await named(count.pages, (id) => facts.page(id)),
  };
}

async function named<Id extends string>(
  ids: ReadonlySet<Id>,
  find: (id: Id) => Promise<NamedObject | null> | NamedObject | null,
): Promise<NamedObject[]> {
  const found: NamedObject[] = [];
  for (const id of [...ids].slice(0, MOST_NAMES)) {
    const one = await find(id);
    if (one) found.push({ id, name: one.name });
  }
  return found;
}

class Count {
  readonly userTokens = new Set<string>();
  readonly pageTokens = new Set<string>();
  readonly systemUserTokens = new Set<string>();
  readonly apps = new Set<AppId>();
  readonly pages = new Set<PageId>();
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  async add({ hits, ids }: TokenEnd): Promise<void> {
    const { user, page } = ids;
    switch (hits) {
      case 'user':
      case 'grant':
      case 'login':
        if (user === undefined) return;
        for (const given of await this.#given(user, hits === 'user' ? {} : ids)) {
          this.#addOwn(given);
          for (const pageId of await this.#pagesOf(given)) this.#addPage(given, pageId);
        }
        return;
      case 'page_role':
        if (user === undefined || page === undefined) return;
        for (const given of await this.#given(user, {}))
          if (await this.#reaches(given, page)) this.#addPage(given, page);
        return;
      case 'page_token':
        this.pageTokens.add(`${ids.app}/${user}/${page}`);
        this.apps.add(ids.app);
        return;
      case 'app':
      case 'app_secret':
        this.apps.add(ids.app);
        return;
      case 'session':
        return;
    }
  }

  /** A grant that goes on with less: Page tokens that it no longer reaches stop working. */
  async addNarrowed(appId: AppId, personId: PersonId, after: grants.Grant | null): Promise<void> {
    const before = await this.#context.installation.facts.grant(appId, personId);
    if (!before || !after) return;
    for (const pageId of await this.#pagesOf({ grant: before, token: undefined }))
      if (!(await this.#reaches({ grant: after, token: undefined }, pageId)))
        this.#addPage({ grant: before, token: undefined }, pageId);
  }

  #addOwn({ grant: { appId, personId }, token }: Given): void {
    this.apps.add(appId);
    if (token === undefined) this.userTokens.add(`${appId}/${personId}`);
    else this.systemUserTokens.add(token);
  }

  #addPage({ grant: { appId, personId }, token }: Given, pageId: PageId): void {
    this.apps.add(appId);
    this.pages.add(pageId);
    this.pageTokens.add(`${token ?? appId}/${personId}/${pageId}`);
  }

  /** All that somebody gave, of one app or by one log-in where those are named. */
  async #given(personId: PersonId, { app, login }: Partial<TokenIds>): Promise<Given[]> {
    const { installation, q, now, call } = this.#context;
    call.work.spend('read');
    const person = await installation.facts.person(personId);
    if (!person) return [];
    if (person.systemUserOf === null) {
      const all = await grants.ofPerson(q, personId);
      call.work.spend('row', all.length);
      return all.flatMap((grant) => (app === undefined || grant.appId === app ? [{ grant, token: undefined }] : []));
    }
    const rows = await systemUsers.livingTokens(q, personId, now);
    call.work.spend('row', rows.length);
    return rows.flatMap(({ id, appId, permissions, issuedAt }) =>
      (app === undefined || app === appId) && (login === undefined || login === id)
        ? [
            {
              token: id,
              grant: { appId, personId, permissions, dataAccessUntil: 0, createdAt: issuedAt, updatedAt: issuedAt },
            },
          ]
        : [],
    );
  }

  async #pagesOf(given: Given): Promise<PageId[]> {
    const held = await this.#context.installation.facts.pagesOf(given.grant.personId);
    const reached: PageId[] = [];
    for (const { pageId } of held) if (await this.#reaches(given, pageId)) reached.push(pageId);
    return reached;
  }

  async #reaches({ grant }: Given, pageId: PageId): Promise<boolean> {
    const { installation, now, call } = this.#context;
    call.work.spend('rule');
    await call.work.pause();
    const app = await installation.facts.app(grant.appId);
    if (app?.status !== 'active') return false;
    const person = await installation.facts.person(grant.personId);
    if (!person) return false;
    const roles = await installation.facts.appRoles(app.id, person.id);
    const insider = await isInsider(installation, app.id, person, roles);
    if (app.mode === 'development' && !insider) return false;
    return mayImpersonate(inForce(app, grant, insider, now), grant, pageId);
  }
}
