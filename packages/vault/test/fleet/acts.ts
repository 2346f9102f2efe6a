// The acts that end tokens, as people, managers, apps and the operator do them: through the real pages and calls. Each
// tells whose connections it is about, and some end after a few days.
import { appActs, appNamed, type AppId, personActs, personNamed } from '@hallpass/server/operator';
import { Dashboard } from '@hallpass/server/testing';
import type { Fleet } from './fleet.ts';
import { setApp, storedToken } from './holder.ts';
import { appOf, apps, pageId, personId } from './world.ts';

export interface Act {
  name: string;
  /** Ids of connections that it may concern. */
  touched: string[];
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

const ofSmall = (fleet: Fleet): string[] => fleet.ids.filter((id) => fleet.appOfId(id) === apps[1].id);

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
    await desk.delete(`/${appOf(n).id}/connected_people?user=${data.user_id}`);
    return { touched: fleet.ofPerson(n) };
  },
  async 'a code is presented a second time by another app'(fleet, n) {
    const { code } = await fleet.logIn(n);
    const other = apps.find(({ id }) => id !== appOf(n).id) ?? apps[0];
    await fleet.call('POST', '/oauth/access_token', {
      client_id: other.id,
      client_secret: fleet.secrets.get(other.id) ?? '',
      redirect_uri: 'http://localhost:3000/cb',
      code,
    });
    return { touched: fleet.ofPerson(n) };
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
    return { touched: ofSmall(fleet), later: { days: 2, run } };
  },
  async 'every token of an app is ended'(fleet) {
    await onApp(fleet, apps[1].id, 'end-tokens');
    return { touched: ofSmall(fleet) };
  },
};
