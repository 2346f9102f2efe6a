// These are the things that declared calls are about: those of the caller and those of others, and what each is to a
// caller of each kind.
import type { Condition, Facts } from '@hallpass/protocol';
import { knownAs } from '../../../src/people/scoped-id.ts';
import { FIRST_PARTY, type PersonId } from '../../../src/store/ids.ts';
import { cast, type TestWorld } from '../../world.ts';
import {
  byDesk,
  carried,
  type Rights,
  inBusiness,
  type Kind,
  onAdAccount,
  onApp,
  onPage,
  speaksForSomebody,
  throughShop,
} from './callers.ts';
import { walkerMember } from './give.ts';
import { account, campaign, clerk, instagram, lantern, tester, walker } from './world.ts';

const { shop, rival, bakery, ana } = cast;
export const NO_TOKEN = 'EAAnothing';

/** A thing to ask about, and what it is to a caller of a kind. */
export interface Thing {
  id: string;
  /** By which the dashboard knows it, where that is another. */
  deskId?: string;
  facts(kind: Kind, held: Rights): Facts;
  /** Conditions of "only where" that hold for it; of all others none does. `named` is the parameter they are about. */
  conditions?: Partial<Record<Condition, (kind: Kind, held: Rights, named: string | undefined) => boolean>>;
  /** True when the caller may not even know that it is there. */
  hidden?(kind: Kind, held: Rights): boolean;
}

const about = (id: string, facts: Thing['facts'], hidden?: Thing['hidden']): Thing => ({
  id,
  facts,
  ...(hidden && { hidden }),
});

/**
 * Strangers are nobody to each other, no Page, client or system user knows a person, and who is in a business is
 * known inside.
 */
const toOthers = (kind: Kind): boolean => kind !== 'app';
const toOtherKinds = (kind: Kind): boolean => kind === 'page' || kind === 'client' || kind === 'system_user';
const withoutAds = (kind: Kind, { adTasks }: Rights): boolean => !speaksForSomebody(kind) || adTasks.length === 0;
const outside = (_kind: Kind, { businessRole }: Rights): boolean => businessRole === null;

/** Ids that are given while the scene is made. */
interface MadeIds {
  /** The user token of the walker. */
  user: string;
  /** Ana as a member of the business. */
  anaMember: string;
  run: string;
  post: string;
  comment: string;
  photo: string;
}

/**
 * @returns `things` by the name of a node type, and in `named` those that parameters can name beside a target, by the name
 * of the parameter
 */
export async function declaredThings(
  { server: { installation } }: TestWorld,
  { user, anaMember, run, post, comment, photo }: MadeIds,
) {
  const scoped = async (person: PersonId): Promise<string> =>
    (await installation.facts.scopedId(shop.id, person)) ?? '';
  const atDesk = async (person: PersonId): Promise<string> => knownAs(installation, FIRST_PARTY, person);
  const clerkScoped = await scoped(clerk.id);
  const own = async (person: PersonId, self: (kind: Kind) => boolean, ownApp = false): Promise<Thing> => ({
    ...about(
      await scoped(person),
      (kind, held) => ({ ...carried(kind, held), self: self(kind), ownApp }),
      person === walker.id ? toOtherKinds : toOthers,
    ),
    deskId: await atDesk(person),
  });
  const named: Record<string, Thing[]> = {
    input_token: [
      about(user, (kind, held) => ({
        ...onApp(true)(kind, held),
        self: ['user', 'page', 'session_info'].includes(kind) || byDesk(kind),
      })),
      about(`${rival.id}|${rival.secret}`, onApp(false)),
      about(NO_TOKEN, carried),
    ],
    page_id: [about(bakery.id, onPage)],
    business: [about(lantern.id, inBusiness)],
    app_id: [about(shop.id, onApp(true)), about(rival.id, onApp(false))],
    business_app: [about(shop.id, onApp(true)), about(rival.id, onApp(false))],
    adaccount_id: [about(`act_${account.id}`, onAdAccount)],
    system_user_id: [about(clerkScoped, inBusiness)],
  };
  const things: Record<string, Thing[]> = {
    user: [
      {
        ...(await own(walker.id, (kind) => kind === 'user' || kind === 'session_info' || byDesk(kind))),
        conditions: { no_test_user: () => true },
      },
      { ...(await own(ana.id, () => false)), conditions: { no_test_user: () => true } },
      {
        ...(await own(tester.id, () => false, true)),
        conditions: { test_user: () => true, test_user_of_app: throughShop, test_user_in_app: throughShop },
      },
    ],
    page: [about(bakery.id, onPage)],
    post: [about(post, onPage)],
    comment: [about(comment, onPage)],
    photo: [about(photo, onPage)],
    instagram_user: [
      about(
        instagram.id,
        onPage,
        (kind, held) => ['app', 'client', 'none'].includes(kind) || (kind !== 'page' && held.tasks.length === 0),
      ),
    ],
    url: [about('https://example.com/bread', carried)],
    app: [about(shop.id, onApp(true)), about(rival.id, onApp(false))].map((thing) => ({
      ...thing,
      conditions: { api_settings: () => true, settings_address: () => true, app_second_factor: () => true },
    })),
    business: [
      {
        ...about(lantern.id, inBusiness, outside),
        conditions: {
          marketing_access: throughShop,
          business_owns_app: throughShop,
          owns_marketing_app: () => true,
          not_own_app: (_kind, _held, app) => app !== shop.id,
          ad_account_known: (kind, { adTasks }) => speaksForSomebody(kind) && adTasks.length > 0,
        },
      },
    ],
    business_user: [
      about(anaMember, inBusiness, outside),
      about(
        walkerMember,
        (kind, held) => ({ ...inBusiness(kind, held), self: kind === 'user' || byDesk(kind) }),
        outside,
      ),
    ],
    business_role_request: [about('7501', inBusiness, (kind, held) => !speaksForSomebody(kind) || outside(kind, held))],
    ad_account: [
      { ...about(`act_${account.id}`, onAdAccount, withoutAds), conditions: { owned_by_nobody: () => true } },
    ],
    campaign: [about(campaign.id, onAdAccount, withoutAds)],
    ad_report_run: [about(run, onAdAccount, (kind, held) => byDesk(kind) || withoutAds(kind, held))],
    // A row of a report is nothing that could be asked for.
    ads_insights: [about('8201', onAdAccount, () => true)],
    system_user: [
      {
        ...about(clerkScoped, (kind, held) => ({ ...inBusiness(kind, held), self: kind === 'system_user' }), outside),
        deskId: await atDesk(clerk.id),
        conditions: {
          marketing_access: throughShop,
          // In the dashboard the parameter says which app is meant; the business owns this one.
          app_of_business: (kind, _held, app) => kind !== 'none' && app === shop.id,
          named_marketing_access: (_kind, _held, app) => app === shop.id || app === rival.id,
        },
      },
    ],
    app_invitation: [
      about(
        '7401',
        (kind, held) => ({ ...onApp(false)(kind, held), self: byDesk(kind) }),
        (kind) => !byDesk(kind),
      ),
      about('7402', onApp(false), (kind, { appRole }) => !byDesk(kind) || appRole !== 'administrators'),
    ],
    access_request: [
      about('7301', onApp(false), (kind, { appRole, reviewer }) => !byDesk(kind) || (appRole === null && !reviewer)),
    ],
  };
  return { named, things };
}
