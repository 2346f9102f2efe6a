// These are the ways in which tokens die: every event and every refusing state, with the act that brings it about and the tokens
// that it kills.
import assert from 'node:assert/strict';
import { type InvalidationName, type RefusingStateName } from '@hallpass/protocol';
import { changeApp, deleteApp, resetAppSecret, takeAppRole } from '../../src/apps/app-admin.ts';
import { endTokensOfPerson } from '../../src/apps/app-tokens.ts';
import {
  confirmAccount,
  lockAccount,
  startCheckpoint,
  unconfirmAccount,
  unlockAccount,
} from '../../src/people/lock.ts';
import { setPassword } from '../../src/people/new-password.ts';
import { givePageRole, takePageRole } from '../../src/pages/page-roles.ts';
import { disconnect } from '../../src/businesses/integrations.ts';
import { endAllSessions, endSession, findSession } from '../../src/people/sign-in/sessions.ts';
import { endSystemUserTokens } from '../../src/businesses/system-users.ts';
import { change } from '../../src/liveness/change.ts';
import * as people from '../../src/store/people/people.ts';
import { deletePage } from '../delete-page.ts';
import { cast, START, type TestWorld } from '../world.ts';
import { harbour, operator, tokenNames, type Scene, type TokenName } from './death-scene.ts';
import { BusinessId, PersonId } from '../../src/store/ids.ts';

const anas: TokenName[] = ['short', 'long', 'info', 'bakery', 'garden', 'otherSession', 'otherApp'];
const anasOfShop: TokenName[] = anas.filter((name) => name !== 'otherApp');
const shops: TokenName[] = tokenNames.filter((name) => name !== 'otherApp' && name !== 'draft');
const allOfShop: TokenName[] = [
  ...anasOfShop,
  'otherPerson',
  'generated',
  'system',
  'systemPage',
  'connected',
  'connectedPage',
];
const ofSession: TokenName[] = ['short', 'long', 'info', 'bakery', 'garden', 'otherApp'];
const ofLogin: TokenName[] = ['short', 'long', 'info', 'bakery', 'garden'];

export interface Case {
  kills: TokenName[];
  act(scene: Scene): Promise<unknown>;
  /** For states: how it ends. */
  end?(scene: Scene): Promise<unknown>;
}

export const events: Record<InvalidationName, Case> = {
  password_changed: {
    kills: anas,
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        setPassword(world.server.installation, making, cast.ana.id, 'x', operator),
      ),
  },
  logged_out_everywhere: {
    kills: anas,
    act: ({ world }) =>
      change(world.server.installation, (making) => endAllSessions(world.server.installation, making, cast.ana.id)),
  },
  logged_out: {
    kills: ofSession,
    act: async ({ world, cookie }) => {
      const found = await findSession(world.server.installation, cookie);
      assert.ok(found);
      await change(world.server.installation, (making) => endSession(world.server.installation, making, found.session));
    },
  },
  app_removed: {
    kills: anasOfShop,
    act: ({ world, tokens }) => world.delete(`/me/permissions?access_token=${tokens.otherSession}`),
  },
  app_role_lost: {
    kills: ['draft'],
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        takeAppRole(world.server.installation, making, {
          appId: cast.draft.id,
          personId: cast.ben.id,
          role: 'administrators',
          by: operator,
        }),
      ),
  },
  page_role_lost: {
    kills: ['bakery'],
    act: async ({ world }) => {
      await change(world.server.installation, (making) =>
        takePageRole(making, { pageId: cast.bakery.id, personId: cast.ana.id, by: operator }),
      );
      await change(world.server.installation, (making) =>
        givePageRole(making, {
          pageId: cast.bakery.id,
          personId: cast.ana.id,
          tasks: ['MANAGE'],
          by: operator,
          now: START,
        }),
      );
    },
  },
  revoked: { kills: ofLogin, act: ({ world, tokens }) => revoke(world, tokens.short, tokens.secret) },
  page_token_revoked: { kills: ['bakery'], act: ({ world, tokens }) => revoke(world, tokens.bakery, tokens.secret) },
  system_user_tokens_ended: {
    kills: ['system', 'systemPage'],
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        endSystemUserTokens(making, { personId: PersonId.of('7101'), appId: cast.shop.id, by: operator, now: START }),
      ),
  },
  system_user_token_revoked: {
    kills: ['system', 'systemPage'],
    act: ({ world, tokens }) => revoke(world, tokens.system, tokens.secret),
  },
  integration_removed: {
    kills: ['connected', 'connectedPage'],
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        disconnect(making, { businessId: BusinessId.of(harbour.id), appId: cast.shop.id, by: operator, now: START }),
      ),
  },
  code_replayed: { kills: ofLogin, act: ({ world, tokens }) => recordOn(world, 'code_replayed', tokens.long) },
  app_secret_reset: {
    kills: ['generated', 'secret'],
    act: ({ world }) => resetAppSecret(world.server.installation, { appId: cast.shop.id, by: operator }),
  },
  app_tokens_ended: {
    kills: allOfShop,
    act: ({ world, tokens }) => recordOn(world, 'app_tokens_ended', tokens.long),
  },
  app_person_tokens_ended: {
    kills: anasOfShop,
    act: ({ world }) =>
      change(world.server.installation, (making) =>
        endTokensOfPerson(making, { appId: cast.shop.id, personId: cast.ana.id, by: operator }),
      ),
  },
  login_type_switched: {
    kills: allOfShop,
    act: async ({ world }) => {
      const act = { appId: cast.shop.id, by: operator };
      await changeApp(world.server.installation, act, { settings: { advancedAccess: ['public_profile', 'email'] } });
      await changeApp(world.server.installation, act, { settings: { loginType: 'business' } });
    },
  },
  account_locked: { kills: anas, act: ({ world, tokens }) => recordOn(world, 'account_locked', tokens.long) },
  person_tokens_ended: { kills: anas, act: ({ world, tokens }) => recordOn(world, 'person_tokens_ended', tokens.long) },
  person_deleted: {
    kills: anas,
    act: ({ world, tokens }) =>
      change(world.server.installation, ({ tx }) => people.erase(tx, cast.ana.id)).then(() =>
        recordOn(world, 'person_deleted', tokens.long),
      ),
  },
};

export const states: Record<RefusingStateName, Case> = {
  checkpoint: {
    kills: anas,
    act: ({ world }) => startCheckpoint(world.server.installation, cast.ana.id, operator, 'operator'),
    end: ({ world }) => unlockAccount(world.server.installation, cast.ana.id, operator),
  },
  locked: {
    kills: anas,
    act: ({ world }) => lockAccount(world.server.installation, cast.ana.id, operator),
    end: ({ world }) => unlockAccount(world.server.installation, cast.ana.id, operator),
  },
  unconfirmed: {
    kills: anas,
    act: ({ world }) => unconfirmAccount(world.server.installation, cast.ana.id, operator),
    end: ({ world }) => confirmAccount(world.server.installation, cast.ana.id, operator),
  },
  app_disabled: {
    kills: shops,
    act: ({ world }) =>
      changeApp(world.server.installation, { appId: cast.shop.id, by: operator }, { status: 'disabled' }),
    end: ({ world }) =>
      changeApp(world.server.installation, { appId: cast.shop.id, by: operator }, { status: 'active' }),
  },
  app_deleted: {
    kills: shops,
    act: ({ world }) => deleteApp(world.server.installation, { appId: cast.shop.id, by: operator }),
  },
  app_not_active: {
    kills: [...anasOfShop, 'connected', 'connectedPage'],
    act: ({ world }) =>
      changeApp(world.server.installation, { appId: cast.shop.id, by: operator }, { mode: 'development' }),
    end: ({ world }) => {
      const ready = { privacyPolicyUrl: 'https://shop.example/privacy' };
      return changeApp(
        world.server.installation,
        { appId: cast.shop.id, by: operator },
        { mode: 'live', settings: ready },
      );
    },
  },
  page_gone: {
    kills: ['bakery', 'connectedPage'],
    act: ({ world }) => deletePage(world.server.installation, cast.bakery.id),
  },
};

const revoke = async (world: TestWorld, token: string, caller: string) => {
  const answer = await world.get(
    `/oauth/revoke?client_id=${cast.shop.id}&client_secret=${cast.shop.secret}&revoke_token=${token}&access_token=${encodeURIComponent(caller)}`,
  );
  assert.deepEqual(answer.body, { success: 'true' });
};

/** Acts as an operator does: no page or edge of this issue causes it. */
async function recordOn(world: TestWorld, name: InvalidationName, token: string): Promise<void> {
  const { installation } = world.server;
  const { open } = await import('../../src/tokens/seal.ts');
  const opened = open(installation.ring(), token);
  assert.ok(opened.ok);
  await change(installation, ({ record }) =>
    record(name, { app: opened.record.app, user: opened.record.user, login: opened.record.login }, operator),
  );
}
