// These are the commands of `hallpass app` beyond the acts on one app: making and listing apps, who works on them, and
// requests for advanced access.
import { type AppRole, appRoles, isAppRole } from '@hallpass/protocol';
import type { Installation } from '@hallpass/server';
import type { AppId } from '@hallpass/server/operator';
import { Command } from 'commander';
import { pairOf } from './arguments.ts';
import { example } from './printing/example.ts';
import { CommandError } from './exit.ts';
import type { Outside } from './surroundings/outside.ts';
import { onPlatform, personMeant, type PlatformOptions } from './on-platform.ts';
import { momentInWords, table } from './printing/print.ts';
import { dataSettings, settingOptions } from './surroundings/setting-sources.ts';

const command = (name: string, description: string, sample: string): Command =>
  settingOptions(new Command(name), dataSettings)
    .description(description)
    .option('--json', 'print one JSON object')
    .addHelpText('after', example(`hallpass app ${name}${sample === '' ? '' : ` ${sample}`} --data data`));

async function appMeant(installation: Installation, id: string): Promise<{ id: AppId; name: string }> {
  const { appNamed } = await import('@hallpass/server/operator');
  const app = await appNamed(installation, id);
  if (!app) throw new CommandError('failed', 'There is no such app.');
  return app;
}

function roleMeant(role: string): AppRole {
  if (!isAppRole(role)) throw new CommandError('wrongUse', `A role is one of ${Object.keys(appRoles).join(', ')}.`);
  return role;
}

const create = (outside: Outside): Command =>
  command(
    'create',
    'Make an app, in development, and print its secret, this once.',
    '"Tide Table" --administrator ana@demo.example',
  )
    .argument('<name>', 'what it is called')
    .requiredOption('--administrator <who>', 'id or e-mail address of the person who runs it')
    .option('--native', 'a program that people carry home: its app tokens do not work')
    .action((name: string, options: PlatformOptions & { administrator: string; native?: boolean }) =>
      onPlatform(outside, options, async (installation) => {
        const { createAppFor, nameOf } = await import('@hallpass/server/operator');
        const named = nameOf(name).name;
        if (named === undefined)
          throw new CommandError('wrongUse', 'The name has 1 to 200 characters, and none that control or turn text.');
        const administrator = await personMeant(installation, options.administrator);
        const made = await createAppFor(installation, {
          name: named,
          type: options.native ? 'native' : 'web',
          administrator,
        });
        const { id, secret, clientToken } = made;
        return {
          json: { id, name: named, secret, client_token: clientToken },
          text: `Made ${named}, in development.\n${table([
            ['id', id],
            ['secret', secret],
            ['client token', clientToken],
          ])}`,
        };
      }),
    );

const list = (outside: Outside): Command =>
  command('list', 'List every app.', '').action((options: PlatformOptions) =>
    onPlatform(outside, options, async (installation) => {
      const { listApps } = await import('@hallpass/server/operator');
      const apps = await listApps(installation);
      const rows = apps.map(({ id, name, mode, status }) => [id, mode, status, name]);
      return {
        json: { apps },
        text: rows.length === 0 ? 'There are no apps.' : table(rows, ['id', 'mode', 'status', 'name']),
      };
    }),
  );

const roles = (outside: Outside): Command =>
  command('roles', 'List the people with a role on an app.', '1384720956120447')
    .argument('<id>', 'the id of the app')
    .action((id: string, options: PlatformOptions) =>
      onPlatform(outside, options, async (installation) => {
        const { listAppRoles } = await import('@hallpass/server/operator');
        const held = await listAppRoles(installation, (await appMeant(installation, id)).id);
        const rows = held.map(({ person, role, name }) => [person, role, name]);
        return {
          json: { roles: held },
          text: rows.length === 0 ? 'Nobody has a role on it.' : table(rows, ['person', 'role', 'name']),
        };
      }),
    );

const changing = (outside: Outside, name: 'give-role' | 'take-role', description: string): Command =>
  command(name, description, '1384720956120447 dana@demo.example developers')
    .argument('<id>', 'the id of the app')
    .argument('<who>', 'id or e-mail address of the person')
    .argument('<role>', Object.keys(appRoles).join(', '))
    .action((id: string, who: string, role: string, options: PlatformOptions) =>
      onPlatform(outside, options, async (installation) => {
        const { giveRoleOnApp, takeRoleOnApp } = await import('@hallpass/server/operator');
        const [app, person, wanted] = [
          await appMeant(installation, id),
          await personMeant(installation, who),
          roleMeant(role),
        ];
        const done = await (name === 'give-role' ? giveRoleOnApp : takeRoleOnApp)(installation, app.id, person, wanted);
        const text = done
          ? `Done: ${name} ${wanted}, ${person.name} on ${app.name}.`
          : `There was nothing to do for ${person.name} on ${app.name}.`;
        return { json: { id: app.id, person: person.id, role: wanted, done }, text };
      }),
    );

const requests = (outside: Outside): Command =>
  command('requests', 'List requests for advanced access that wait for a decision, oldest first.', '').action(
    (options: PlatformOptions) =>
      onPlatform(outside, options, async (installation) => {
        const { listAccessRequests } = await import('@hallpass/server/operator');
        const waiting = await listAccessRequests(installation);
        const rows = waiting.map(({ id, app, permission, useCase, createdAt }) => [
          id,
          app,
          permission,
          momentInWords(createdAt),
          useCase,
        ]);
        const json = {
          requests: waiting.map(({ useCase, createdAt, ...row }) => ({
            ...row,
            use_case: useCase,
            created_at: createdAt,
          })),
        };
        return {
          json,
          text: rows.length === 0 ? 'Nothing waits.' : table(rows, ['id', 'app', 'permission', 'asked', 'use case']),
        };
      }),
  );

const deciding = (outside: Outside, name: 'approve' | 'reject', description: string): Command =>
  command(name, description, '7386679522348734101 --reason "Seen in the test build."')
    .argument('<request>', 'the id of the request')
    .requiredOption('--reason <words>', 'what the people of the app are told')
    .action((id: string, options: PlatformOptions & { reason: string }) =>
      onPlatform(outside, options, async (installation) => {
        const { decideAccessRequest } = await import('@hallpass/server/operator');
        if (!(await decideAccessRequest(installation, id, name === 'approve', options.reason)))
          throw new CommandError('failed', 'There is no such request.');
        return { json: { id, done: true }, text: `Done: ${name} ${id}.` };
      }),
    );

const settings = (outside: Outside): Command =>
  command('settings', 'Show every setting of an app, its value and what it does.', '1384720956120447')
    .argument('<id>', 'the id of the app')
    .action((id: string, options: PlatformOptions) =>
      onPlatform(outside, options, async (installation) => {
        const { appNamed, appSettingTexts } = await import('@hallpass/server/operator');
        const app = await appNamed(installation, (await appMeant(installation, id)).id);
        const texts = app ? appSettingTexts(app) : [];
        return {
          json: Object.fromEntries(texts.map(({ name, value }) => [name, value])),
          text: table(
            texts.map(({ name, value, doc }) => [name, value, doc]),
            ['setting', 'value', 'what it does'],
          ),
        };
      }),
    );

const set = (outside: Outside): Command =>
  command(
    'set',
    'Set settings of an app, as name=value: lists with commas, switches as true and false, nothing after = to clear. `hallpass app settings` shows them all.',
    '1384720956120447 privacy_policy_url=https://tide.example/privacy redirect_uris=https://tide.example/cb',
  )
    .argument('<id>', 'the id of the app')
    .argument('<name=value...>', 'the settings')
    .action((id: string, pairs: string[], options: PlatformOptions) => {
      const given = pairs.reduce<Record<string, string>>((before, pair) => pairOf(pair, before), {});
      return onPlatform(outside, options, async (installation) => {
        const { readAppSettings, setAppSettings } = await import('@hallpass/server/operator');
        const app = await appMeant(installation, id);
        const read = readAppSettings(given);
        if (read.faults) throw new CommandError('wrongUse', read.faults.join('\n'));
        await setAppSettings(installation, app.id, read.settings);
        const names = Object.keys(given).join(', ');
        return {
          json: { id: app.id, set: Object.keys(given) },
          text: `Set ${names} of ${app.name}.${httpNote(given)}`,
        };
      });
    });

/** Says at once what a live app would refuse later. */
const httpNote = ({ redirect_uris = '', enforce_https }: Record<string, string>): string =>
  /(?:^|,)\s*http:/.test(redirect_uris) && enforce_https !== 'false'
    ? '\nA live app redirects to https addresses only, unless enforce_https is false.'
    : '';

/** The subcommands of `hallpass app` that are no acts on one app. */
export const appCommands = (outside: Outside): Command[] => [
  create(outside),
  list(outside),
  roles(outside),
  changing(outside, 'give-role', 'Give somebody a role on an app at once, without an invitation.'),
  changing(outside, 'take-role', 'Take a role on an app away; the last administrator stays.'),
  settings(outside),
  set(outside),
  requests(outside),
  deciding(outside, 'approve', 'Give an app the advanced access that it asked for.'),
  deciding(outside, 'reject', 'Refuse the advanced access that an app asked for.'),
];
