// These tests are about things that wait for an answer, on both databases: the ways that end it by different queries,
// and making and answering that race with the end of the maker's right.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { removeBusinessUser } from '../../src/businesses/businesses.ts';
import { takeRoleOnApp } from '../../src/operator/operator-apps.ts';
import { change } from '../../src/liveness/change.ts';
import * as people from '../../src/store/people/people.ts';
import { databases } from '../databases.ts';
import { lantern } from '../login-business/login-business-scene.ts';
import { waitingTable } from './waiting-table.ts';
import {
  backInBusiness,
  ben,
  bensMemberId,
  dora,
  roleOnApp,
  shop,
  type WaitingScene,
  waitingScene,
} from './waiting-scene.ts';
import { PersonId } from '../../src/store/ids.ts';

const ROUNDS = 8;
const by = { kind: 'operator' as const };

async function leavesBusiness(s: WaitingScene): Promise<void> {
  const id = await bensMemberId(s);
  const act = { businessId: lantern.id, by, now: s.world.clock.now() };
  await change(s.world.server.installation, (making) => removeBusinessUser(making, act, id));
}

async function leavesApp({ world }: WaitingScene): Promise<void> {
  const { installation } = world.server;
  const person = await people.byId(installation.db.read, ben.id);
  assert.ok(person && (await takeRoleOnApp(installation, shop.id, person, 'administrators', { kind: 'operator' })));
}

for (const [database, open] of databases())
  describe(`what waits for an answer, on ${database}`, () => {
    if (database === 'PostgreSQL')
      waitingTable(
        [
          'the maker is removed from the business',
          'the business asks for a second factor that the maker lacks',
          'the maker loses the role on the app',
          'the account of the maker is deleted',
          'the maker removes the app',
          'the app is disabled',
          'the Page leaves the business that is asked',
        ],
        open,
      );

    test('PR-13: an invitation that is made while its maker is removed waits for nobody afterwards', async (t) => {
      const scene = await waitingScene(t, await open());
      const { world, ben: token, ana: anas, bens, doras } = scene;
      for (let round = 0; round < ROUNDS; round++) {
        const email = `guest-${round}@example.com`;
        const invite = () => world.post(`/${lantern.id}/business_users`, { email, role: 'ADMIN', access_token: token });
        const inviteToApp = () =>
          bens.post(`/${shop.id}/role_invitations`, { email: dora.email, role: 'administrators' });
        await Promise.all(
          round % 2 === 0
            ? [invite(), inviteToApp(), leavesBusiness(scene), leavesApp(scene)]
            : [leavesBusiness(scene), leavesApp(scene), invite(), inviteToApp()],
        );
        await backInBusiness(scene);
        await roleOnApp(scene);
        assert.deepEqual(
          (await world.get(`/${lantern.id}/pending_users?access_token=${anas}`)).body.data,
          [],
          `round ${round}`,
        );
        assert.deepEqual((await doras.get('/me/app_invitations')).body.data, [], `round ${round}`);
      }
    });

    test('PR-13: an invitation that is accepted while its maker loses the role makes an administrator before that, or never', async (t) => {
      const scene = await waitingScene(t, await open());
      const { world, bens, doras } = scene;
      const { installation } = world.server;
      for (let round = 0; round < ROUNDS; round++) {
        const { id } = (await bens.post(`/${shop.id}/role_invitations`, { email: dora.email, role: 'administrators' }))
          .body;
        const [accepted] = await Promise.all([doras.post(`/${id}/accept`), leavesApp(scene)]);
        await roleOnApp(scene);
        assert.equal((await doras.post(`/${id}/accept`)).status, 400);
        const person = await people.byId(installation.db.read, PersonId.of(dora.id));
        assert.equal(
          person && (await takeRoleOnApp(installation, shop.id, person, 'administrators', { kind: 'operator' })),
          accepted.status === 200,
        );
      }
    });
  });
