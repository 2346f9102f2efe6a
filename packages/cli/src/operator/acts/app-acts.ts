// Making and listing apps, who works on them, their settings, and requests for advanced access.
import { appRoles, type AppRole, isAppRole, shape } from '@hallpass/protocol';
import {
  appSettingTexts,
  createAppFor,
  decideAccessRequest,
  giveRoleOnApp,
  listAccessRequests,
  listAppRoles,
  listApps,
  nameOf,
  readAppSettings,
  setAppSettings,
  takeRoleOnApp,
} from '@hallpass/server/operator';
import { CommandError } from '../../command-error.ts';
import { momentInWords, table } from '../../printing/print.ts';
import { appMeant, personMeant, platformAct } from '../platform-act.ts';

const nothing = shape.object<Record<never, never>>({});
const ofApp = shape.object<{ id: string }>({ id: shape.text });

const changeRole = (gives: boolean) =>
  platformAct({
    input: shape.object<{ id: string; who: string; role: string }>({
      id: shape.text,
      who: shape.text,
      role: shape.text,
    }),
    async run({ installation, by }, { id, who, role }) {
      const app = await appMeant(installation, id);
      const person = await personMeant(installation, who);
      const wanted = roleMeant(role);
      const done = await (gives ? giveRoleOnApp : takeRoleOnApp)(installation, app.id, person, wanted, by);
      const text = !done
        ? `${person.name} ${gives ? 'already has' : "doesn't have"} the role ${wanted} on ${app.name}.`
        : gives
          ? `${person.name} has the role ${wanted} on ${app.name}.`
          : `${person.name} no longer has the role ${wanted} on ${app.name}.`;
      return { json: { id: app.id, person: person.id, role: wanted, done }, text };
    },
  });

function roleMeant(role: string): AppRole {
  if (!isAppRole(role))
    throw new CommandError('wrongUse', `${role} is not a role. Give one of ${Object.keys(appRoles).join(', ')}.`);
  return role;
}

const decide = (approve: boolean) =>
  platformAct({
    input: shape.object<{ id: string; reason: string }>({ id: shape.text, reason: shape.text }),
    async run({ installation, by }, { id, reason }) {
      if (!(await decideAccessRequest(installation, id, { approve, reason, by })))
        throw new CommandError(
          'failed',
          `There is no request ${id}. \`hallpass app requests\` shows those that are waiting.`,
        );
      return { json: { id, done: true }, text: `${approve ? 'Approved' : 'Rejected'} request ${id}.` };
    },
  });

export const appOwnActs = {
  'app.create': platformAct({
    input: shape.object<{ name: string; administrator: string; native: boolean }>({
      name: shape.text,
      administrator: shape.text,
      native: shape.boolean,
    }),
    async run({ installation, by }, { name, administrator: who, native }) {
      const named = nameOf(name).name;
      if (named === undefined)
        throw new CommandError(
          'wrongUse',
          'The name must have 1 to 200 characters, and no control or direction characters.',
        );
      const administrator = await personMeant(installation, who);
      const type = native ? 'native' : 'web';
      const { id, secret, clientToken } = await createAppFor(installation, { name: named, type, administrator }, by);
      const rows = table([
        ['id', id],
        ['secret', secret],
        ['client token', clientToken],
      ]);
      return {
        json: { id, name: named, secret, client_token: clientToken },
        text: `Created ${named}, in development. The secret is shown only once.\n${rows}`,
      };
    },
  }),
  'app.list': platformAct({
    input: nothing,
    async run({ installation }) {
      const apps = await listApps(installation);
      const rows = apps.map(({ id, name, mode, status }) => [id, mode, status, name]);
      return {
        json: { apps },
        text: rows.length === 0 ? 'There are no apps.' : table(rows, ['id', 'mode', 'status', 'name']),
      };
    },
  }),
  'app.roles': platformAct({
    input: ofApp,
    async run({ installation }, { id }) {
      const roles = await listAppRoles(installation, (await appMeant(installation, id)).id);
      const rows = roles.map(({ person, role, name }) => [person, role, name]);
      return {
        json: { roles },
        text: rows.length === 0 ? 'Nobody has a role on this app.' : table(rows, ['person', 'role', 'name']),
      };
    },
  }),
  'app.give-role': changeRole(true),
  'app.take-role': changeRole(false),
  'app.settings': platformAct({
    input: ofApp,
    async run({ installation }, { id }) {
      const texts = appSettingTexts(await appMeant(installation, id));
      return {
        json: Object.fromEntries(texts.map(({ name, value }) => [name, value])),
        text: table(
          texts.map(({ name, value, doc }) => [name, value, doc]),
          ['setting', 'value', 'what it does'],
        ),
      };
    },
  }),
  'app.set': platformAct({
    input: shape.object<{ id: string; settings: Record<string, string> }>({
      id: shape.text,
      settings: shape.mapOf(shape.text),
    }),
    async run({ installation, by }, { id, settings: given }) {
      const app = await appMeant(installation, id);
      const read = readAppSettings(given);
      if (read.faults) throw new CommandError('wrongUse', read.faults.join('\n'));
      await setAppSettings(installation, app.id, read.settings, by);
      const names = Object.keys(given);
      return {
        json: { id: app.id, set: names },
        text: `Set ${names.join(', ')} of ${app.name}.${httpNote(given)}`,
      };
    },
  }),
  'app.requests': platformAct({
    input: nothing,
    async run({ installation }) {
      const waiting = await listAccessRequests(installation);
      const rows = waiting.map(({ id, app, permission, useCase, createdAt }) => [
        id,
        app,
        permission,
        momentInWords(createdAt),
        useCase,
      ]);
      const requests = waiting.map(({ useCase, createdAt, ...row }) => ({
        ...row,
        use_case: useCase,
        created_at: createdAt,
      }));
      const text =
        rows.length === 0 ? 'No requests are waiting.' : table(rows, ['id', 'app', 'permission', 'asked', 'use case']);
      return { json: { requests }, text };
    },
  }),
  'app.approve': decide(true),
  'app.reject': decide(false),
};

/** Says at once what a live app would refuse later. */
const httpNote = ({ redirect_uris = '', enforce_https }: Record<string, string>): string =>
  /(?:^|,)\s*http:/.test(redirect_uris) && enforce_https !== 'false'
    ? '\nA live app redirects to https addresses only, unless enforce_https is false.'
    : '';
