// `hallpass vault export`: the way out. All tokens are written to a file of its owner's, as a list, as Nango's API takes them,
// or as statements that put them back into the rows of the product that they came from.
import { existsSync } from 'node:fs';
import type { VaultClient } from '@hallpass/vault/client';
import type { ProductName } from '@hallpass/vault/adopt';
import { Command, Option } from 'commander';
import { CommandError } from '../../command-error.ts';
import { example } from '../../printing/example.ts';
import type { Outside } from '../../surroundings/outside.ts';
import { inNewFile } from '../../surroundings/new-file.ts';
import { type ClientOptions, clientOptions, withClient } from '../vault-client.ts';
import { type OldOptions, oldOptions, PRODUCTS } from './adopt-command.ts';
import { oldKeysOf } from './old-keys.ts';
import { type OldSource, openOldSource, SOURCE } from './old-source.ts';

type ExportedTokens = Awaited<ReturnType<VaultClient['export']>>['tokens'];

interface ExportCommandOptions extends ClientOptions, OldOptions {
  as?: 'csv' | 'json' | 'nango';
  backTo?: ProductName;
  from?: string;
  appId?: string;
}

export const exportCommand = (outside: Outside): Command =>
  oldOptions(clientOptions(new Command('export')))
    .description(
      'Write all tokens to a new file that only you can read. This is recorded in the history of each connection, and needs a key with the right `export`.',
    )
    .argument('<file>', "the file; an existing file isn't overwritten")
    .addOption(
      new Option('--as <format>', 'csv or json, which `hallpass vault import` reads, or what the API of Nango takes')
        .choices(['csv', 'json', 'nango'])
        .default('csv'),
    )
    .addOption(
      new Option('--back-to <product>', 'instead, statements of SQL that put tokens back into its rows').choices(
        PRODUCTS,
      ),
    )
    .option('--from <source>', `with --back-to, its rows as they are now: ${SOURCE}`)
    .option('--app-id <id>', 'only the tokens of this app')
    .addHelpText('after', example('hallpass vault export tokens.csv'))
    .action(async (file: string, options: ExportCommandOptions) => {
      if (existsSync(file)) throw new CommandError('wrongUse', `${file} already exists: name another file.`);
      if ((options.backTo === undefined) !== (options.from === undefined))
        throw new CommandError(
          'wrongUse',
          'Give --back-to and --from together: the rows are read before they are changed.',
        );
      await withSource(outside, options, (text) =>
        withClient(outside, options, async (client) => {
          let tokens: ExportedTokens = [];
          let written = 0;
          // The file is there before a token is shown, so that none is shown in vain.
          await inNewFile(file, async (write) => {
            tokens = await allTokens(client, options.appId);
            written = await text(tokens, write);
          });
          const withoutToken = tokens.filter(({ token }) => token === undefined).length;
          outside.out(
            options.json
              ? JSON.stringify({ file, written, withoutToken })
              : `${contentInWords(file, written, options.backTo)} Delete it when you no longer need it.${without(withoutToken)}`,
          );
        }),
      );
    });

function contentInWords(file: string, count: number, backTo: ProductName | undefined): string {
  if (backTo !== undefined) return `${file} puts tokens into ${count === 1 ? 'one row' : `${count} rows`}.`;
  return `${file} holds ${count === 1 ? 'one token' : `${count} tokens`}.`;
}

const without = (count: number): string =>
  count === 0
    ? ''
    : ` Without a token that works: ${count === 1 ? 'one connection' : `${count} connections`}, whose people have to connect again.`;

type Write = (line: string) => Promise<unknown>;
/** Writes tokens, and answers how many tokens or rows there are in it. */
type Text = (tokens: ExportedTokens, write: Write) => Promise<number>;

/** Opens what is read before any token is shown, so that nothing is shown in vain. */
async function withSource(
  outside: Outside,
  { as = 'csv', backTo, from, ...options }: ExportCommandOptions,
  act: (text: Text) => Promise<void>,
): Promise<void> {
  const { csvOf, jsonOf, nangoOf, products } = await import('@hallpass/vault/adopt');
  const lists = { csv: csvOf, json: jsonOf, nango: nangoOf };
  if (backTo === undefined || from === undefined)
    return act(async (tokens, write) => {
      await write(lists[as](tokens));
      return tokens.filter(({ token }) => token !== undefined).length;
    });
  const keys = oldKeysOf(outside, products[backTo], options.oldKeyFile);
  const source = await openOldSource(outside, backTo, from);
  try {
    await act((tokens, write) =>
      writeStatements(outside, source, write, { tokens, product: backTo, instance: options.instance, keys }),
    );
  } finally {
    await source.close();
  }
}

type Back = Omit<Parameters<typeof import('@hallpass/vault/adopt').statementsFor>[2], 'random'> & {
  tokens: ExportedTokens;
};

/** Writes a statement for each row that gets another token, and answers how many there are. */
async function writeStatements(
  outside: Outside,
  { rows }: OldSource,
  write: Write,
  { tokens, ...back }: Back,
): Promise<number> {
  const { statementsFor } = await import('@hallpass/vault/adopt');
  let count = 0;
  await write('BEGIN;\n');
  for await (const { where, statement, problem } of statementsFor(rows, tokens, { ...back, random: outside.random })) {
    if (problem !== undefined) outside.err(`${where}: ${problem}`);
    if (statement === undefined) continue;
    await write(`${statement}\n`);
    count++;
  }
  await write('COMMIT;\n');
  return count;
}

async function allTokens(client: VaultClient, appId: string | undefined): Promise<ExportedTokens> {
  const tokens: ExportedTokens = [];
  let after: string | undefined;
  do {
    const page = await client.export({ appId, after });
    tokens.push(...page.tokens);
    after = page.next;
  } while (after !== undefined);
  return tokens;
}
