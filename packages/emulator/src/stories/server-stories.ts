// Stories about accounts that no person logs in to: system users of businesses, and test users.
import { atDesk, callGraph, type Desk } from './acts.ts';
import { systemUserWith } from './cast.ts';
import { DAY, moveOn, type Place, type Story } from './story.ts';

interface AtSystemUser {
  desk: Desk;
  /** The id by which the pages of the platform know the system user. */
  id: string;
  name: string;
}

async function atSystemUser(scene: Place): Promise<AtSystemUser> {
  const { business, administrator, name } = systemUserWith(scene);
  const desk = await atDesk(administrator);
  const { data = [] } = await desk.act('GET', `/${business.id}/system_users`, { fields: 'id,name' });
  const id = data.find((one) => one.name === name)?.id;
  if (id === undefined) throw new Error(`${business.name} has no system user ${name} any more.`);
  return { desk, id, name };
}

export const serverStories = {
  'system-user-uninstalled': {
    doc: 'An administrator of the business removes the app from the system user.',
    answer: '190/466 for its tokens, permanently',
    expect: 'Stop calling, and ask an administrator of the business for a new token.',
    strikes: 'system_user',
    leaves: 'dead',
    async play(scene) {
      const { app, did, undo } = scene;
      const { desk, id, name } = await atSystemUser(scene);
      const installed = { business_app: app.id };
      await desk.act('DELETE', `/${id}/applications`, installed);
      undo(() => desk.act('POST', `/${id}/applications`, installed));
      did(`${desk.person.name} removes ${app.name} from the system user ${name}`);
    },
  },
  'sixty-day-system-user': {
    doc: "Sixty-one days pass, and the system user's token for sixty days has expired.",
    answer: '190/463',
    expect: 'Refresh it before it expires, deploy the new one, and then revoke the old one.',
    strikes: 'system_user',
    leaves: 'dead',
    async play(scene) {
      const { world, app, did } = scene;
      const { desk, id, name } = await atSystemUser(scene);
      const { data = [] } = await desk.act('GET', `/${id}/issued_tokens`, { business_app: app.id });
      const now = world.clock.now();
      if (!data.some((token) => token.is_valid && (token.expires_at ?? 0) > now)) {
        await makeSystemUserToken(scene);
        did(`${desk.person.name} creates a token for sixty days for the system user ${name}`);
      }
      await moveOn(scene, 61 * DAY, 'sixty-one days pass');
    },
  },
  'test-user-deleted': {
    doc: 'The app deletes its test users.',
    answer: '190/465 for their tokens',
    expect: "Create new test users at the start of a test, and don't keep their tokens.",
    strikes: 'test_user',
    leaves: 'dead',
    async play(scene) {
      const { app, did } = scene;
      const ofApp = { access_token: `${app.id}|${app.secret}` };
      const list = () => callGraph(scene, 'GET', `/${app.id}/accounts/test-users`, ofApp);
      let { data: users = [] } = await list();
      if (users.length === 0) {
        await callGraph(scene, 'POST', `/${app.id}/accounts/test-users`, ofApp);
        did(`${app.name} creates a test user`);
        ({ data: users = [] } = await list());
      }
      for (const { id } of users) await callGraph(scene, 'DELETE', `/${id}`, ofApp);
      did(`${app.name} deletes ${users.length === 1 ? 'its test user' : `its ${users.length} test users`}`);
    },
  },
} as const satisfies Record<string, Story>;

/** A token of the app's system user, for sixty days. @throws Error where no system user has the app */
export async function makeSystemUserToken(scene: Place): Promise<string> {
  const { desk, id } = await atSystemUser(scene);
  await desk.confirm();
  const { access_token: token = '' } = await desk.act('POST', `/${id}/access_tokens`, {
    business_app: scene.app.id,
    scope: 'pages_show_list,pages_read_engagement',
    set_token_expires_in_60_days: 'true',
  });
  return token;
}
