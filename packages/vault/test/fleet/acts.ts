// The acts that end tokens, as people, managers, apps and the operator do them: through the real pages and calls. Each
// tells whose connections it is about, and some end after a few days.
import { appActs, appNamed, type AppId, giveRoleOnApp, personActs, personNamed } from '@hallpass/server/operator';
import { Dashboard } from '@hallpass/server/testing';
import { deletePage } from '../../../server/test/delete-page.ts';
import type { Fleet } from './fleet.ts';
import { setApp, storedToken } from './holder.ts';
import { appOf, apps, clientId, draft, joined, pageId, personId, slight } from './world.ts';

export interface Act {
  name: string;
  /** Ids of connections that it may concern. */
  touched: string[];
  /** Until it is put right nobody can ask about these tokens: the vault has not got the secret of the app. */
  blinds?: true;
  /** Days after which something puts it right again. */
  later?: { days: number; run(): Promise<void> };
}

type Run = (fleet: Fleet, n: number) => Promise<Omit<Act, 'name'>>;

const onPerson =
  (act: keyof typeof personActs): ((fleet: Fleet, n: number) => Promise<void>) =>
  async ({ emulator: { server } }, n) => {
    const found = await personNamed(server.installation, personId(n));
    if (found) await personActs[act].run(server.installation, found.id, { kind: 'operator' });
  };

const onApp = async ({ emulator: { server } }: Fleet, id: string, act: keyof typeof appActs): Promise<unknown> => {
  const found = await appNamed(server.installation, id);
  return found && appActs[act].run(server.installation, found.id as AppId, { kind: 'operator' });
};

const ofApp = (fleet: Fleet, app: string): string[] => fleet.ids.filter((id) => fleet.appOfId(id) === app);
const ofSmall = (fleet: Fleet): string[] => ofApp(fleet, apps[1].id);

/** An act of the operator on a person, and the one that takes it back. */
const stateOf =
  (act: keyof typeof personActs, end: keyof typeof personActs): Run =>
  async (fleet, n) => {
    await onPerson(act)(fleet, n);
    return { touched: fleet.ofPerson(n), later: { days: 4, run: () => onPerson(end)(fleet, n) } };
  };

const stateOfSmall =
  (act: keyof typeof appActs, end: keyof typeof appActs): Run =>
  async (fleet) => {
    await onApp(fleet, apps[1].id, act);
    return {
      touched: ofSmall(fleet),
      later: { days: 3, run: async () => void (await onApp(fleet, apps[1].id, end)) },
    };
  };

/** oauth/revoke, as the app calls it. */
async function revoke(fleet: Fleet, id: string): Promise<void> {
  const app = fleet.appOfId(id);
  const secret = fleet.secrets.get(app) ?? '';
  await fleet.call('GET', '/oauth/revoke', {
    client_id: app,
    client_secret: secret,
    revoke_token: await storedToken(fleet.parts, id),
    access_token: `${app}|${secret}`,
  });
}

/** The id by which the dashboard lists somebody with a role on a Page. */
async function memberOf(desk: Dashboard, page: string, name: string): Promise<string | undefined> {
  const { body } = await desk.get(`/${page}/assigned_users?fields=id,name&limit=100`);
  return body?.data?.find((one: { name: string }) => one.name === name)?.id;
}

/** Acts on a person, by the number of the person. */
export const personalActs: Readonly<Record<string, Run>> = {
  async 'a password is changed'(fleet, n) {
    const next = `password-of-${n}-${fleet.now}`;
    fleet.canaries.add(next);
    await fleet.emulator.people.get(personId(n)).changePassword(next);
    return { touched: fleet.ofPerson(n) };
  },
  async 'other devices are logged out'(fleet, n) {
    // The person looks at the list of devices on a new one.
    await fleet.emulator.people.get(personId(n)).signIn();
    await fleet.emulator.people.get(personId(n)).logOutEverywhereElse();
    return { touched: fleet.ofPerson(n) };
  },
  async 'all sessions are ended'(fleet, n) {
    await onPerson('log-out')(fleet, n);
    return { touched: fleet.ofPerson(n) };
  },
  async 'the app is taken off in the settings'(fleet, n) {
    await fleet.emulator.people.get(personId(n)).removeApp(appOf(n).id);
    return { touched: fleet.ofPerson(n) };
  },
  async 'the app is taken off by a call'(fleet, n) {
    await fleet.call('DELETE', '/me/permissions', { access_token: await storedToken(fleet.parts, fleet.userId(n)) });
    return { touched: fleet.ofPerson(n) };
  },
  async 'a log-in is revoked'(fleet, n) {
    await revoke(fleet, fleet.userId(n));
    return { touched: fleet.ofPerson(n) };
  },
  async 'a Page token is revoked'(fleet, n) {
    await revoke(fleet, fleet.pagesOf(n)[0] ?? '');
    return { touched: fleet.ofPerson(n) };
  },
  async 'a role on a Page is taken'(fleet, n) {
    const desk = await fleet.desk();
    const page = pageId(n, 0);
    const user = await memberOf(desk, page, `Person Number${n}`);
    if (user !== undefined) await desk.delete(`/${page}/assigned_users?user=${user}`);
    return {
      touched: fleet.pagesOf(n).slice(0, 1),
      later: {
        days: 6,
        async run() {
          if (user === undefined) return;
          await (await fleet.desk()).post(`/${page}/assigned_users`, { user, tasks: '["MANAGE"]' });
        },
      },
    };
  },
  'an account is locked': stateOf('lock', 'unlock'),
  'the confirmation of an account is taken back': stateOf('unconfirm', 'confirm'),
  async 'an app ends the tokens of one person'(fleet, n) {
    const desk = await fleet.desk();
    const data = await fleet.truth(await storedToken(fleet.parts, fleet.userId(n)), appOf(n).id);
    await desk.delete(`/${appOf(n).id}/connected_people?user=${data?.user_id}`);
    return { touched: fleet.ofPerson(n) };
  },
  async 'a code is presented a second time by another app'(fleet, n) {
    const { code } = await fleet.newToken(fleet.userId(n));
    const other = apps.find(({ id }) => id !== appOf(n).id) ?? apps[0];
    await fleet.call('POST', '/oauth/access_token', {
      client_id: other.id,
      client_secret: fleet.secrets.get(other.id) ?? '',
      redirect_uri: 'http://localhost:3000/cb',
      code,
    });
    return { touched: fleet.ofPerson(n) };
  },
  async 'a Page is deleted'(fleet, n) {
    const last = fleet.size.pagesEach - 1;
    await deletePage(fleet.emulator.server.installation, pageId(n, last));
    return { touched: fleet.pagesOf(n).slice(last) };
  },
  async 'an account is deleted'(fleet, n) {
    await onPerson('delete')(fleet, n);
    fleet.gone.add(n);
    return { touched: fleet.ofPerson(n) };
  },
  async 'a permission is taken back'(fleet, n) {
    await fleet.call('DELETE', '/me/permissions/pages_read_engagement', {
      access_token: await storedToken(fleet.parts, fleet.userId(n)),
    });
    return { touched: fleet.ofPerson(n) };
  },
};

/** Acts on a system user, by its number. */
export const systemActs: Readonly<Record<string, Run>> = {
  async 'a token of a system user is revoked'(fleet, n) {
    await revoke(fleet, `s-${n}`);
    return { touched: [`s-${n}`] };
  },
  async 'all tokens of a system user are ended'(fleet, n) {
    const desk = await fleet.desk();
    await desk.delete(`/${fleet.systemUsers[n]}/access_tokens?business_app=${apps[0].id}`);
    return { touched: [`s-${n}`] };
  },
};

/** Acts on the connections of some people with other apps, and of businesses, by number. */
export const otherActs: Readonly<Record<string, Run>> = {
  async 'the last role on an app in development is taken'(fleet, n) {
    const desk = await fleet.desk();
    const { body } = await desk.get(`/${draft.id}/roles?limit=1000`);
    const user: unknown = body.data.find(({ name }: { name: string }) => name === `Person Number${n}`)?.user;
    if (typeof user === 'string') await desk.delete(`/${draft.id}/roles?user=${user}&role=testers`);
    return {
      touched: [`d-${n}`],
      later: {
        days: 5,
        async run() {
          const { installation } = fleet.emulator.server;
          const [app, person] = [await appNamed(installation, draft.id), await personNamed(installation, personId(n))];
          if (app && person) await giveRoleOnApp(installation, app.id, person, 'testers', { kind: 'operator' });
        },
      },
    };
  },
  async 'a business removes an app that it connected'(fleet, n) {
    await (await fleet.desk()).delete(`/${clientId(n)}/connected_apps?app_id=${joined.id}`);
    return { touched: [`i-${n}`] };
  },
  async 'the type of log-in of an app is switched'(fleet) {
    const to = async (login_type: string): Promise<void> =>
      void (await (await fleet.desk()).post(`/${slight.id}/login_type`, { login_type }));
    await to('business');
    return { touched: ofApp(fleet, slight.id), later: { days: 2, run: () => to('classic') } };
  },
};

/** Acts on the small app, each some days apart. */
export const appWideActs: Readonly<Record<string, Run>> = {
  'an app is disabled': stateOfSmall('disable', 'enable'),
  'an app goes back to development': stateOfSmall('develop', 'live'),
  async 'the secret of an app is reset'(fleet) {
    const [, small] = apps;
    const secret = String(await onApp(fleet, small.id, 'reset-secret'));
    fleet.secrets.set(small.id, secret);
    fleet.canaries.add(secret);
    const run = (): Promise<void> => setApp(fleet.parts, fleet.emulator.url, small.id, secret);
    return { touched: ofSmall(fleet), blinds: true, later: { days: 2, run } };
  },
  async 'every token of an app is ended'(fleet) {
    await onApp(fleet, apps[1].id, 'end-tokens');
    return { touched: ofSmall(fleet) };
  },
};
