// `hallpass vault` works for whoever holds tokens: it watches over a list, or keeps them, extends them in time and tells
// people before they end.
import type { CallName } from '@hallpass/vault/client';
import { Command } from 'commander';
import { fileOrInput } from '../surroundings/file-text.ts';
import type { Outside } from '../surroundings/outside.ts';
import { adoptCommand } from '../vault/adopt/adopt-command.ts';
import { exportCommand } from '../vault/adopt/export-command.ts';
import { apiKeyCommand } from '../vault/api-keys/api-key-commands.ts';
import { backupCommand, restoreCommand } from '../vault/backup-commands.ts';
import { callCommand } from '../vault/call-command.ts';
import { handleCommand } from '../vault/proxy/handle-commands.ts';
import { proxyCommand } from '../vault/proxy/proxy-command.ts';
import { mailTextsCommand } from '../vault/mail-texts-command.ts';
import { mcpCommand } from '../vault/mcp-command.ts';
import { alertsCommand, dashboardCommand } from '../vault/monitoring-commands.ts';
import { rehearseCommand } from '../vault/rehearse/rehearse-command.ts';
import { serveCommand } from '../vault/serve-vault.ts';
import { sweepCommand } from '../vault/sweep-command.ts';
import { tenantCommand } from '../vault/tenant-commands.ts';
import { watchCommand } from '../watching/watch-command.ts';
import { inFile } from '../asking.ts';

export function build(outside: Outside): Command {
  const commandOf = (name: string, call: CallName, line: string): Command =>
    callCommand(outside, { name, call, example: `hallpass vault ${line}` });
  const group = (name: string, doc: string, ...inner: Command[]): Command =>
    inner.reduce((command, one) => command.addCommand(one), new Command(name).description(doc));

  const importing = callCommand(outside, {
    name: 'import',
    call: 'import',
    example: 'hallpass vault import tokens.csv --dry-run',
    file: { field: 'text', doc: 'the rows, or - for standard input', read: fileOrInput },
  });
  const handOver = callCommand(outside, {
    name: 'hand-over',
    call: 'handOver',
    example: 'hallpass vault hand-over 0123456789abcdef --owner-email ben@example.com',
    taken: {
      token: async (_outside, { tokenFile }) =>
        typeof tokenFile === 'string' ? (await fileOrInput(outside, tokenFile)).trim() : undefined,
    },
    more: (command) =>
      command.option(
        '--token-file <file>',
        'the token of a system user, or - for standard input; without it, you get a link',
      ),
  });
  const setApp = callCommand(outside, {
    name: 'set',
    call: 'putApp',
    example: 'hallpass vault apps set 1384720956120447 --secret-file app-secret',
    taken: {
      secret: async (_outside, { secretFile }) =>
        typeof secretFile === 'string'
          ? inFile(secretFile, 'app secret')
          : outside.takeSecret('HALLPASS_APP_SECRET') || undefined,
    },
    more: (command) =>
      command.option('--secret-file <file>', 'file that holds its secret; or HALLPASS_APP_SECRET in the environment'),
  });

  const scopesCommand = callCommand(outside, {
    name: 'scopes',
    call: 'scopes',
    example: 'hallpass vault scopes --connection 0123456789abcdef',
    taken: {
      connectionId: async (_outside, { connection }) => connection,
      appId: async (_outside, { app }) => app,
    },
    more: (command) =>
      command.option('--connection <id>', 'only this connection').option('--app <id>', 'only this app'),
  });

  return new Command('vault')
    .description(
      'Keep the tokens you hold, from Meta or Hallpass: sealed, extended in time, and with someone told before they end. Or just watch a list of tokens.',
    )
    .addCommand(watchCommand(outside))
    .addCommand(serveCommand(outside))
    .addCommand(
      group(
        'apps',
        'The apps in whose name tokens are requested and extended.',
        setApp,
        commandOf('list', 'listApps', 'apps list'),
        commandOf('remove', 'removeApp', 'apps remove 1384720956120447'),
      ),
    )
    .addCommand(commandOf('connect', 'connect', 'connect 1384720956120447 --connection-name "Café Lindqvist"'))
    .addCommand(importing)
    .addCommand(adoptCommand(outside))
    .addCommand(commandOf('me', 'me', 'me'))
    .addCommand(commandOf('list', 'list', 'list --state expiring'))
    .addCommand(commandOf('get', 'get', 'get 0123456789abcdef'))
    .addCommand(commandOf('details', 'details', 'details 0123456789abcdef'))
    .addCommand(commandOf('overview', 'overview', 'overview'))
    .addCommand(commandOf('timeline', 'timeline', 'timeline --days 30'))
    .addCommand(commandOf('check', 'check', 'check 0123456789abcdef'))
    .addCommand(commandOf('history', 'history', 'history 0123456789abcdef'))
    .addCommand(commandOf('would-end', 'wouldEnd', 'would-end 0123456789abcdef password_changed'))
    .addCommand(commandOf('update', 'update', 'update 0123456789abcdef --owner-email ann@example.com'))
    .addCommand(commandOf('pages', 'discoverPages', 'pages 0123456789abcdef --dry-run'))
    .addCommand(commandOf('reconnect', 'reconnect', 'reconnect 0123456789abcdef'))
    .addCommand(commandOf('ask-again', 'askAgain', 'ask-again 0123456789abcdef,fedcba9876543210'))
    .addCommand(handOver)
    .addCommand(commandOf('remove', 'remove', 'remove 0123456789abcdef --children remove'))
    .addCommand(exportCommand(outside))
    .addCommand(commandOf('reveal', 'reveal', 'reveal 0123456789abcdef'))
    .addCommand(handleCommand(outside))
    .addCommand(proxyCommand(outside))
    .addCommand(scopesCommand)
    .addCommand(sweepCommand(outside))
    .addCommand(rehearseCommand(outside))
    .addCommand(
      group(
        'mail',
        'Mails to the people responsible for connections.',
        commandOf('test', 'testMail', 'mail test ann@example.com'),
        commandOf('show', 'mailSettings', 'mail show'),
        commandOf('set', 'setMailSettings', 'mail set --team team@example.com --time-zone Europe/Berlin'),
        mailTextsCommand(outside),
      ),
    )
    .addCommand(
      group(
        'webhooks',
        'Programs to call when something happens.',
        commandOf('add', 'addWebhook', 'webhooks add https://example.com/hook'),
        commandOf('list', 'listWebhooks', 'webhooks list'),
        commandOf('remove', 'removeWebhook', 'webhooks remove 0123456789abcdef'),
        commandOf('replay', 'replayWebhook', 'webhooks replay 0123456789abcdef'),
      ),
    )
    .addCommand(commandOf('deliveries', 'listDeliveries', 'deliveries --state failed'))
    .addCommand(commandOf('calendar', 'calendar', 'calendar --public-url https://vault.example.com'))
    .addCommand(apiKeyCommand(outside))
    .addCommand(
      group(
        'keys',
        'The keys that seal stored data.',
        commandOf('list', 'listKeys', 'keys list'),
        commandOf('rotate', 'rotateKeys', 'keys rotate --dry-run'),
        commandOf('withdraw', 'withdrawKey', 'keys withdraw 0123456789abcdef'),
      ),
    )
    .addCommand(tenantCommand(outside))
    .addCommand(mcpCommand(outside))
    .addCommand(backupCommand(outside))
    .addCommand(restoreCommand(outside))
    .addCommand(alertsCommand(outside))
    .addCommand(dashboardCommand(outside))
    .addCommand(commandOf('doctor', 'doctor', 'doctor'));
}
