// `hallpass vault mcp`: an agent asks a running vault about its tokens. What speaks to agents is a package of its own,
// which is installed by those who want it.
import { readSecretFile } from '@hallpass/db/files';
import { Command, Option } from 'commander';
import { baseOf } from '../arguments.ts';
import { CommandError } from '../command-error.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';

interface McpOptions {
  url?: string;
  apiKeyFile?: string;
  allowAsking?: boolean;
}

export const mcpCommand = (outside: Outside): Command =>
  new Command('mcp')
    .description(
      'Answer an agent’s questions about the tokens of a running vault, over the Model Context Protocol on standard input and output. It never shows a token. Needs the package @hallpass/mcp.',
    )
    .addOption(
      new Option('--url <address>', 'the running service, such as https://vault.example.com')
        .env('HALLPASS_VAULT_URL')
        .argParser(baseOf),
    )
    .addOption(
      new Option(
        '--api-key-file <file>',
        'file with a key of the service that has the right read and no other; or HALLPASS_VAULT_API_KEY',
      ).env('HALLPASS_VAULT_API_KEY_FILE'),
    )
    .option(
      '--allow-asking',
      'let the agent have people asked by mail to connect again; the key needs the right connect too',
    )
    .addHelpText('after', example('hallpass vault mcp --url https://vault.example.com --api-key-file agent.key'))
    .action((options: McpOptions) => serveAgent(outside, options));

async function serveAgent(outside: Outside, { url, apiKeyFile, allowAsking = false }: McpOptions): Promise<void> {
  if (url === undefined) throw new CommandError('wrongUse', 'Say where the vault runs: --url, or HALLPASS_VAULT_URL.');
  const { createVaultClient, createVaultMcp, serveOnStdio } = await installed();
  const client = createVaultClient({ base: url, key: keyOf(outside, apiKeyFile), fetch: outside.fetch });
  const { server, checkKey } = createVaultMcp({ client, allowAsking });
  // A vault that is away now may be there at the first question; a key that may do too much never is let in.
  await checkKey().catch((error: unknown) => {
    if (error instanceof Error && error.name === 'KeyRefused') throw error;
    outside.err(`The vault at ${url} doesn't answer as it should yet. Each question will try again.`);
  });
  await serveOnStdio(server);
}

/** The key, from the file that is named or from the variable. */
function keyOf(outside: Outside, file: string | undefined): string {
  const given = outside.takeSecret('HALLPASS_VAULT_API_KEY') || undefined;
  if (file !== undefined && given !== undefined)
    throw new CommandError('wrongUse', 'HALLPASS_VAULT_API_KEY is set, and a file is named too: give only one.');
  const key = file === undefined ? given : readSecretFile(file, 'key of the vault');
  if (key === undefined)
    throw new CommandError('wrongUse', 'Give a key of the vault: --api-key-file, or HALLPASS_VAULT_API_KEY.');
  return key;
}

async function installed(): Promise<typeof import('@hallpass/mcp')> {
  try {
    return await import('@hallpass/mcp');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!missing) throw error;
    throw new CommandError(
      'cannotStart',
      'The package @hallpass/mcp is not installed: run `npm install @hallpass/mcp` where hallpass is installed.',
    );
  }
}
