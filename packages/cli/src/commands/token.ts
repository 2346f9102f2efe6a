// `hallpass token` works on one token: what a token is, a longer life for it, and its end.
import { holderAdvice, type DebugTokenData } from '@hallpass/protocol';
import { Command } from 'commander';
import {
  type AppOptions,
  appOf,
  appOptions,
  reportErrors,
  askingOptions,
  type AskingOptions,
  clientOf,
  tokenOf,
} from '../asking.ts';
import { CommandError } from '../command-error.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { durationInWords, momentInWords, table } from '../printing/print.ts';

type Options = AskingOptions & AppOptions;

export function build(outside: Outside): Command {
  const act = (
    name: string,
    description: string,
    line: string,
    run: (token: string, options: Options) => Promise<void>,
  ): Command =>
    appOptions(askingOptions(new Command(name)))
      .description(description)
      .argument('<token>', 'the token, or - for standard input')
      .addHelpText('after', example(line))
      .action((text: string, options: Options) =>
        reportErrors(outside, options.json, async () => run(await tokenOf(outside, text), options)),
      );
  return new Command('token')
    .description('Inspect a token, exchange it for a long-lived one, or revoke it.')
    .addCommand(
      act(
        'debug',
        'Show what a token is. Asks as the app if you give its id and secret, otherwise with the token itself, as owners and developers of the app may. Exit code 1 if the token is not valid.',
        'hallpass token debug EAA… --app-id 1384720956120447',
        (token, options) => debug(outside, token, options),
      ),
    )
    .addCommand(
      act(
        'exchange',
        'Exchange a short-lived token of a person for a long-lived one.',
        'echo $TOKEN | hallpass token exchange - --json',
        (token, options) => exchange(outside, token, options),
      ),
    )
    .addCommand(
      act('revoke', 'End a token at once.', 'hallpass token revoke EAA…', (token, options) =>
        revoke(outside, token, options),
      ),
    );
}

async function debug(outside: Outside, token: string, options: Options): Promise<void> {
  const byApp = options.appId !== undefined && options.appSecret !== undefined;
  const data = await clientOf(outside, options).debugToken(
    token,
    byApp ? `${options.appId}|${options.appSecret}` : token,
  );
  outside.out(options.json ? JSON.stringify(data) : table(rowsOf(data)));
  if (!data.is_valid) throw new CommandError('failed', '');
}

function rowsOf(data: DebugTokenData): string[][] {
  const { scopes, granular_scopes, metadata, error } = data;
  const limited = (granular_scopes ?? []).filter((one) => one.target_ids !== undefined);
  const rows: [string, string | undefined][] = [
    ['valid', data.is_valid ? 'yes' : 'no'],
    [
      'why not',
      error &&
        `${error.message} (code ${error.code}${error.subcode === undefined ? '' : `, subcode ${error.subcode}`})`,
    ],
    ['type', data.type],
    ['app', [data.app_id, data.application].filter(Boolean).join(' ')],
    ['person', data.user_id],
    ['Page', data.profile_id],
    ['issued', momentInWords(data.issued_at)],
    ['expires', momentInWords(data.expires_at)],
    ['data access until', momentInWords(data.data_access_expires_at)],
    ['permissions', scopes.join(', ')],
    ...limited.map(({ scope, target_ids }): [string, string] => [
      `  only for`,
      `${scope}: ${target_ids?.join(', ') ?? ''}`,
    ]),
    ['metadata', metadata && JSON.stringify(metadata)],
  ];
  return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
}

async function exchange(outside: Outside, token: string, options: Options): Promise<void> {
  const answer = await clientOf(outside, options).exchange(token, await appOf(options));
  if (options.json) return outside.out(JSON.stringify(answer));
  const life = answer.expires_in === undefined ? 'never' : `in ${durationInWords(answer.expires_in)}`;
  outside.out(
    table([
      ['token', answer.access_token],
      ['expires', life],
    ]),
  );
}

async function revoke(outside: Outside, token: string, options: Options): Promise<void> {
  await clientOf(outside, options).revoke(token, await appOf(options));
  outside.out(options.json ? JSON.stringify({ success: true }) : `Revoked. ${holderAdvice.log_in_again}`);
}
