// A rehearsal: an act is carried out in a transaction that is always taken back, to find out what it would end. So a
// confirmation names what the act itself does, and no second description of it can go wrong.
import type { Anchor } from '@hallpass/protocol';
import { type FactKey, idsInKey } from '../store/facts/fact-key.ts';
import type { Installation } from '../installation/installation.ts';
import * as adAccounts from '../store/ads/ad-accounts.ts';
import * as apps from '../store/apps/apps.ts';
import * as grants from '../store/grants/grants.ts';
import * as webSessions from '../store/people/web-sessions.ts';
import type { Query } from '../store/query.ts';
import type { AdAccountId, AppId, PersonId } from '../store/ids.ts';
import type { TokenIds } from '../tokens/record.ts';

/** An epoch that moved on: every token that hangs on it is dead. */
export interface TokenEnd {
  hits: Anchor;
  ids: TokenIds;
}

/** The state that a change was about to leave behind. The rest is read after it was taken back. */
export interface RehearsedChange {
  ends: readonly TokenEnd[];
  /** Grants as they would be; null for one that would be gone. */
  grants: readonly { appId: AppId; personId: PersonId; after: grants.Grant | null }[];
  /** Ad accounts with somebody who would have no task of their own on them. */
  adAccounts: readonly { accountId: AdAccountId; personId: PersonId }[];
  /** The apps that were touched, as they would be. */
  apps: readonly apps.App[];
  /** The number of web sessions that each person whose tokens end would have, by id. */
  sessionsLeft: ReadonlyMap<PersonId, number>;
  /** Invitations and requests that would be withdrawn with the right of their maker. */
  withdrawn: number;
}

/** Ends every change of a rehearsal. It is no fault: whatever began the rehearsal waits for it. */
export class Rehearsed extends Error {
  readonly change: RehearsedChange;
  constructor(change: RehearsedChange) {
    super('This change was only tried, and is taken back.');
    this.name = 'Rehearsed';
    this.change = change;
  }
}

/** The installation for an act that is only tried: nothing is kept, and nothing outside is asked. */
export const rehearsalOf = (installation: Installation): Installation => ({
  ...installation,
  rehearsal: true,
  world: { ...installation.world, outbound: undefined },
});

interface UnfinishedChange {
  ends: readonly TokenEnd[];
  changed: ReadonlySet<FactKey>;
  withdrawn: number;
}

/** Looks at the state that a change would leave, from within its transaction. */
export async function observe(
  { sealer }: Pick<Installation, 'sealer'>,
  tx: Query,
  { ends, changed, withdrawn }: UnfinishedChange,
): Promise<RehearsedChange> {
  const after: RehearsedChange['grants'][number][] = [];
  const bare: RehearsedChange['adAccounts'][number][] = [];
  const touchedApps: apps.App[] = [];
  for (const key of changed) {
    const [appId, grantedBy] = idsInKey('grant', key) ?? [];
    if (appId !== undefined && grantedBy !== undefined)
      after.push({ appId, personId: grantedBy, after: (await grants.find(tx, appId, grantedBy)) ?? null });
    const [accountId, holder] = idsInKey('adAccountRoles', key) ?? [];
    if (
      accountId !== undefined &&
      holder !== undefined &&
      (await adAccounts.rolesOf(tx, accountId, holder)).length === 0
    )
      bare.push({ accountId, personId: holder });
    const [id] = idsInKey('app', key) ?? [];
    const app = id === undefined ? undefined : await apps.byId(tx, sealer, id);
    if (app) touchedApps.push(app);
  }
  return {
    ends,
    grants: after,
    adAccounts: bare,
    apps: touchedApps,
    sessionsLeft: await sessionsLeft(tx, ends),
    withdrawn,
  };
}

async function sessionsLeft(tx: Query, ends: readonly TokenEnd[]): Promise<Map<PersonId, number>> {
  const left = new Map<PersonId, number>();
  for (const { hits, ids } of ends) {
    const session = hits === 'session' && ids.session ? await webSessions.byId(tx, ids.session) : undefined;
    const person = hits === 'user' ? ids.user : session?.person_id;
    if (person !== undefined && !left.has(person)) left.set(person, (await webSessions.openOf(tx, person)).length);
  }
  return left;
}
