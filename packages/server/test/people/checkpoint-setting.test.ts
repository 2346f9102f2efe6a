// A setting of the installation decides whether a lock ends the tokens of an account for good.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startCheckpoint, unlockAccount } from '../../src/people/lock.ts';
import { cast, testWorld } from '../world.ts';

for (const ends of [false, true])
  test(`after a lock and an unlocking tokens ${ends ? 'stay dead, new ones live' : 'live again'} where checkpointEndsTokens is ${ends}`, async () => {
    const world = await testWorld({ settings: { checkpointEndsTokens: ends } });
    try {
      const { installation } = world.server;
      const token = await world.login(cast.shop.id, cast.ana.id);
      const page = (
        await world.get(
          `/${cast.bakery.id}?fields=access_token&access_token=${await world.login(cast.shop.id, cast.ana.id, { permissions: ['pages_show_list'] })}`,
        )
      ).body.access_token;
      const other = await world.login(cast.shop.id, cast.ben.id);
      const subcode = async (one: string) =>
        (await world.get(`/me?access_token=${one}`)).body.error?.error_subcode as number | undefined;
      await startCheckpoint(installation, cast.ana.id, { kind: 'operator' }, 'unusual');
      assert.deepEqual(
        [await subcode(token), await subcode(page), await subcode(other)],
        ends ? [467, 467, undefined] : [459, 459, undefined],
      );
      await unlockAccount(installation, cast.ana.id, { kind: 'operator' });
      assert.deepEqual([await subcode(token), await subcode(page)], ends ? [467, 467] : [undefined, undefined]);
      assert.equal(await subcode(await world.login(cast.shop.id, cast.ana.id)), undefined);
    } finally {
      await world.close();
    }
  });
