// This is the world in which every declared call is asked: the usual one, and a walker whose permissions, tasks and roles
// are set as a case wants them, a test user, a business with a system user, and an ad account.
import { permissions as permissionTable } from '@hallpass/protocol';
import { AdAccountId, BusinessId, PersonId, SystemUserId } from '../../../src/store/ids.ts';
import { cast, seed, testWorld, type TestWorld } from '../../world.ts';

const { shop, bakery, ana } = cast;
export const walker = {
  id: PersonId.of('1010'),
  name: 'Wanda Walker',
  email: 'wanda@example.com',
  password: 'wanda-password-1',
};
export const tester = {
  id: PersonId.of('1011'),
  name: 'Tess Tester',
  email: 'tess@example.com',
  password: 'tess-password-1',
};
export const lantern = { id: BusinessId.of('7001'), name: 'Lantern' };
export const account = { id: AdAccountId.of('8001'), name: 'Bread and Cakes' };
export const instagram = { id: '8301', username: 'corner.bakery' };
export const campaign = { id: '8101', name: 'Easter buns' };
export const clerk = { id: SystemUserId.of('7102'), name: 'Clerk' };
export const everything = Object.keys(permissionTable);

export const declaredWorld = (): Promise<TestWorld> =>
  testWorld({
    settings: { guessingLimits: false },
    seed: {
      ...seed,
      people: [...seed.people, walker, tester],
      pages: seed.pages.map((page) =>
        page.id === bakery.id ? { ...page, profile: { ...page.profile, instagram } } : page,
      ),
      apps: seed.apps.map((app) => ({
        ...app,
        settings: { ...app.settings, advancedAccess: everything, marketingTier: 'standard' },
      })),
      adAccounts: [
        {
          ...account,
          currency: 'EUR',
          timezoneId: 1,
          owner: { person: ana.id },
          campaigns: [{ ...campaign, objective: 'OUTCOME_TRAFFIC', status: 'ACTIVE', secondsAgo: 864_000 }],
        },
      ],
      businesses: [
        {
          ...lantern,
          people: [{ person: ana.id, role: 'ADMIN' }],
          apps: [shop.id],
          systemUsers: [{ ...clerk, role: 'EMPLOYEE', apps: [shop.id] }],
        },
      ],
    },
  });
