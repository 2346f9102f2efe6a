// The tasks of somebody on an ad account come from every side, and no side gives more than it has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AdAccountTask, everyAdAccountTask } from '@hallpass/protocol';
import { cast } from '../../test/cast.ts';
import { partsOfNode, shopApp } from '../../test/parts.ts';
import { AdAccountId, SystemUserId } from '../store/ids.ts';
import type { Permit } from '../store/grants/grants.ts';
import { adAccountTasks, reachesAdAccount } from './ad-access.ts';

const { ana, ben, cleo } = cast;
const account = AdAccountId.of('8001');
const clerk = SystemUserId.of('7101');
const settings = { currency: 'EUR', timezoneId: 1 };

const seed = {
  people: [ana, ben, cleo],
  apps: [shopApp],
  businesses: [
    {
      id: '7001',
      name: 'Owner',
      people: [
        { person: ana.id, role: 'ADMIN' as const },
        { person: ben.id, role: 'EMPLOYEE' as const },
      ],
      systemUsers: [{ id: clerk, name: 'Clerk', role: 'EMPLOYEE' as const }],
    },
    { id: '7002', name: 'Agency', people: [{ person: cleo.id, role: 'ADMIN' as const }] },
  ],
};

test('an administrator has everything of the business, and everybody else what was assigned', async (t) => {
  const parts = await partsOfNode(t, {
    ...seed,
    adAccounts: [
      {
        id: account,
        name: 'Ads',
        ...settings,
        owner: { business: '7001' },
        roles: [{ person: ben.id, tasks: ['ANALYZE'] }],
      },
    ],
  });
  assert.deepEqual([...(await adAccountTasks(parts, account, ana.id))].sort(), [...everyAdAccountTask].sort());
  assert.deepEqual([...(await adAccountTasks(parts, account, ben.id))], ['ANALYZE']);
  assert.deepEqual([...(await adAccountTasks(parts, account, clerk))], []);
  assert.deepEqual([...(await adAccountTasks(parts, account, cleo.id))], [], 'a business that does not have it');
});

test('an agency passes on no more than it was permitted, its administrator included', async (t) => {
  const agencies = [{ business: '7002', tasks: ['ANALYZE' as AdAccountTask] }];
  const parts = await partsOfNode(t, {
    ...seed,
    adAccounts: [{ id: account, name: 'Ads', ...settings, owner: { business: '7001' }, agencies }],
  });
  const tasks = await adAccountTasks(parts, account, cleo.id);
  assert.ok(tasks.has('ANALYZE') && !tasks.has('MANAGE') && !tasks.has('ADVERTISE'), [...tasks].join());
});

test('an account of a person is that person’s alone', async (t) => {
  const parts = await partsOfNode(t, {
    ...seed,
    adAccounts: [{ id: account, name: 'Ads', ...settings, owner: { person: ben.id } }],
  });
  assert.ok((await adAccountTasks(parts, account, ben.id)).has('MANAGE'));
  assert.equal((await adAccountTasks(parts, account, ana.id)).size, 0);
});

test('a permission reaches the accounts that were chosen, with act_ or without, and all where none were', () => {
  const grant = (permit: Permit) => ({
    appId: shopApp.id,
    personId: ana.id,
    permissions: { ads_read: permit, business_management: permit },
    dataAccessUntil: 0,
    createdAt: 0,
    updatedAt: 0,
  });
  assert.ok(reachesAdAccount(grant({ status: 'granted' }), 'ads_read', account));
  assert.ok(reachesAdAccount(grant({ status: 'granted', targets: [account] }), 'ads_read', account));
  assert.ok(reachesAdAccount(grant({ status: 'granted', targets: [`act_${account}`] }), 'ads_read', account));
  assert.ok(!reachesAdAccount(grant({ status: 'granted', targets: ['8002'] }), 'ads_read', account));
  assert.ok(!reachesAdAccount(grant({ status: 'declined' }), 'ads_read', account));
  assert.ok(!reachesAdAccount(null, 'ads_read', account));
  assert.ok(reachesAdAccount(grant({ status: 'granted', targets: ['8002'] }), 'business_management', account));
});
