// A command asks a vault by its client: the one of a service that runs elsewhere, or the one in this process, which is
// asked by the very calls of the service without a socket.
import { createVaultClient, type VaultClient, VaultError } from '@hallpass/vault/client';
import type { MailLook, RefusalReason } from '@hallpass/vault';
import { type Command, Option } from 'commander';
import { baseOf } from '../arguments.ts';
import { CommandError } from '../command-error.ts';
import { progressBar } from '../printing/progress.ts';
import type { Outside } from '../surroundings/outside.ts';
import { mailLookFrom } from './mail-texts.ts';
import { openVault, vaultOptions } from './open-vault.ts';
import type { VaultPlace } from './vault-place.ts';
import { operatorDoor } from './operator-door.ts';

export interface ClientOptions extends VaultPlace {
  url?: string;
  json?: boolean;
}

export const clientOptions = (command: Command): Command =>
  vaultOptions(command)
    .addOption(
      new Option('--url <address>', 'a running service, with HALLPASS_VAULT_API_KEY; by default the vault of --data')
        .env('HALLPASS_VAULT_URL')
        .argParser(baseOf),
    )
    .option('--json', 'print JSON');

/** The name of a service that is reached without the network. */
const HERE = 'http://vault.localhost';

/**
 * Runs `act` with a client, and closes what was opened. A refusal ends the command with its sentence.
 * @param options.create a new vault may be made in a directory without one: not for a command that only reads
 * @param options.look how mails look, where the command knows it already
 */
export async function withClient(
  outside: Outside,
  { create = true, look, ...options }: ClientOptions & { create?: boolean; look?: MailLook },
  act: (client: VaultClient) => Promise<void>,
): Promise<void> {
  if (options.url !== undefined) {
    const key = outside.takeSecret('HALLPASS_VAULT_API_KEY') ?? '';
    if (key === '')
      throw new CommandError('wrongUse', 'With --url, set HALLPASS_VAULT_API_KEY to a key of the service.');
    return byService(outside, options, { base: options.url, key, fetch: outside.fetch }, act);
  }
  const running = await operatorDoor(outside, options);
  if (running) return byService(outside, options, { base: HERE, key: '-', fetch: running }, act);
  const mailLook = look ?? (await mailLookFrom(options));
  const { log, flush } = outside.log('warn');
  const vault = await openVault(outside, options, { log, create });
  const bar = progressBar(outside);
  const sleep = outside.stayAwake();
  const { createService } = await import('@hallpass/vault');
  const service = createService({ vault, look: mailLook, progress: bar.show });
  try {
    const fetch = (url: string, init: RequestInit) => service.fetchAsOperator(new Request(url, init), options.tenant);
    await refusing(outside, options, () => act(createVaultClient({ base: HERE, key: '-', fetch })));
  } finally {
    sleep();
    bar.end();
    await vault.close();
    await flush();
  }
}

async function byService(
  outside: Outside,
  options: ClientOptions,
  service: Pick<Parameters<typeof createVaultClient>[0], 'base' | 'key' | 'fetch'>,
  act: (client: VaultClient) => Promise<void>,
): Promise<void> {
  const bar = progressBar(outside);
  const client = createVaultClient({ ...service, progress: bar.show });
  try {
    await refusing(outside, options, () => act(client).catch(unanswered(service.base)));
  } finally {
    bar.end();
  }
}

/** Names a service that can't be reached, in the place of the error of `fetch`. */
const unanswered =
  (base: string) =>
  (error: unknown): never => {
    if (!(error instanceof TypeError) || error.cause === undefined) throw error;
    const place = base === HERE ? 'The service of this vault' : base;
    throw new VaultError(`${place} didn't answer. See whether it is running.`, { status: 0, reason: 'no_answer' });
  };

/** The command that helps on after a refusal whose own words name no command: they are read in the console too. */
const nextSteps: Readonly<Partial<Record<string, string>>> = {
  unknown_connection: '`hallpass vault list` shows the connections.',
  unknown_app: '`hallpass vault apps set` adds it.',
  app_without_secret: '`hallpass vault apps set` takes it.',
  app_in_use: '`hallpass vault list --app-id` shows them.',
  unknown_key: '`hallpass vault keys list` shows them.',
  unknown_api_key: '`hallpass vault api-keys list` shows them.',
  unknown_webhook: '`hallpass vault webhooks list` shows them.',
  unknown_handle: '`hallpass vault handles list` shows them.',
  no_mail_server: 'Name one with --mail-server-file.',
  no_pages: 'Give it with --public-url.',
  no_token: '`hallpass vault reconnect` makes a link that gives it one.',
  not_usable: '`hallpass vault reconnect` makes a link that renews it.',
  has_children: 'Add --children remove, or --children keep.',
} satisfies Readonly<Partial<Record<RefusalReason, string>>>;

const withNextStep = ({ message, reason }: VaultError): string =>
  [message, ...(nextSteps[reason] === undefined ? [] : [nextSteps[reason]])].join(' ');

async function refusing(outside: Outside, { json }: ClientOptions, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    if (!json) throw new CommandError('failed', withNextStep(error));
    outside.out(JSON.stringify({ error: { message: error.message, reason: error.reason, status: error.status } }));
    throw new CommandError('failed', '');
  }
}
