// These are the commands of `hallpass app` beyond the acts on one app: making and listing apps, who works on them, their
// settings, and requests for advanced access.
import { appRoles } from '@hallpass/protocol';
import { Command } from 'commander';
import { pairOf } from '../arguments.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataSettings, settingOptions } from '../surroundings/setting-sources.ts';
import { onPlatform, type PlatformOptions } from './on-platform.ts';

const command = (name: string, description: string, sample: string): Command =>
  settingOptions(new Command(name), dataSettings)
    .description(description)
    .option('--json', 'print one JSON object')
    .addHelpText('after', example(`hallpass app ${name}${sample === '' ? '' : ` ${sample}`} --data data`));

const create = (outside: Outside): Command =>
  command(
    'create',
    'Create an app in development, and print its secret, which is shown only once.',
    '"Tide Table" --administrator ana@demo.example',
  )
    .argument('<name>', 'its name')
    .requiredOption('--administrator <who>', 'id or e-mail address of the person who runs it')
    .option(
      '--native',
      'a native app, installed on people’s devices: it cannot keep a secret, so its app tokens do not work',
    )
    .action((name: string, options: PlatformOptions & { administrator: string; native?: boolean }) =>
      onPlatform(outside, options, 'app.create', {
        name,
        administrator: options.administrator,
        native: options.native ?? false,
      }),
    );

const list = (outside: Outside): Command =>
  command('list', 'List every app.', '').action((options: PlatformOptions) =>
    onPlatform(outside, options, 'app.list', {}),
  );

const roles = (outside: Outside): Command =>
  command('roles', 'List the people with a role on an app.', '1384720956120447')
    .argument('<id>', 'the id of the app')
    .action((id: string, options: PlatformOptions) => onPlatform(outside, options, 'app.roles', { id }));

const changing = (outside: Outside, name: 'give-role' | 'take-role', description: string): Command =>
  command(name, description, '1384720956120447 dana@demo.example developers')
    .argument('<id>', 'the id of the app')
    .argument('<who>', 'id or e-mail address of the person')
    .argument('<role>', Object.keys(appRoles).join(', '))
    .action((id: string, who: string, role: string, options: PlatformOptions) =>
      onPlatform(outside, options, `app.${name}`, { id, who, role }),
    );

const requests = (outside: Outside): Command =>
  command('requests', 'List requests for advanced access that are waiting for a decision, oldest first.', '').action(
    (options: PlatformOptions) => onPlatform(outside, options, 'app.requests', {}),
  );

const deciding = (outside: Outside, name: 'approve' | 'reject', description: string): Command =>
  command(name, description, '7386679522348734101 --reason "Seen in the test build."')
    .argument('<request>', 'the id of the request')
    .requiredOption('--reason <words>', 'the reason told to the people who work on the app')
    .action((id: string, options: PlatformOptions & { reason: string }) =>
      onPlatform(outside, options, `app.${name}`, { id, reason: options.reason }),
    );

const settings = (outside: Outside): Command =>
  command('settings', 'Show every setting of an app, its value and what it does.', '1384720956120447')
    .argument('<id>', 'the id of the app')
    .action((id: string, options: PlatformOptions) => onPlatform(outside, options, 'app.settings', { id }));

const set = (outside: Outside): Command =>
  command(
    'set',
    'Set settings of an app, as name=value. Separate lists with commas, write switches as true or false, and leave out the value to clear a setting. `hallpass app settings` shows them all.',
    '1384720956120447 privacy_policy_url=https://tide.example/privacy redirect_uris=https://tide.example/cb',
  )
    .argument('<id>', 'the id of the app')
    .argument('<name=value...>', 'the settings')
    .action((id: string, pairs: string[], options: PlatformOptions) =>
      onPlatform(outside, options, 'app.set', {
        id,
        settings: pairs.reduce<Record<string, string>>((before, pair) => pairOf(pair, before), {}),
      }),
    );

/** The subcommands of `hallpass app` that are no acts on one app. */
export const appCommands = (outside: Outside): Command[] => [
  create(outside),
  list(outside),
  roles(outside),
  changing(outside, 'give-role', 'Give a person a role on an app at once, without an invitation.'),
  changing(outside, 'take-role', "Take away a role on an app. The last administrator can't be removed."),
  settings(outside),
  set(outside),
  requests(outside),
  deciding(outside, 'approve', 'Approve a request for advanced access.'),
  deciding(outside, 'reject', 'Reject a request for advanced access.'),
];
