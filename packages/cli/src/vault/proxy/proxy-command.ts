// `hallpass vault proxy`: programs call it in place of a Graph, with a handle in place of a token.
import { Command } from 'commander';
import { baseOf, logLevelOf, portFrom, portOf } from '../../arguments.ts';
import { example } from '../../printing/example.ts';
import { untilStopped } from '../../surroundings/listening.ts';
import type { Outside } from '../../surroundings/outside.ts';
import { mailLookFrom } from '../mail-texts.ts';
import { openVault, vaultOptions } from '../open-vault.ts';
import type { VaultPlace } from '../vault-place.ts';
import { openVaultSocket } from '../operator-socket.ts';
import { openProxyDoor, PROXY_PORT } from './proxy-door.ts';

interface ProxyCommandOptions extends VaultPlace {
  port?: number;
  host: string;
  proxyUrl?: string;
  json?: boolean;
  logLevel: ReturnType<typeof logLevelOf>;
}

/** Seconds that calls under way get when it stops. */
const GRACE = 25;

export const proxyCommand = (outside: Outside): Command =>
  vaultOptions(new Command('proxy'))
    .description(
      'Call a Graph with handles in place of tokens: programs and agents never see one. Beside a service, use `hallpass vault serve --proxy-port`, or a PostgreSQL.',
    )
    .option(
      '--port <number>',
      `the port; 0 picks a free one (default: PORT of the environment, or ${PROXY_PORT})`,
      portOf,
    )
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--proxy-url <address>', 'the address at which programs reach it, for links in answers', baseOf)
    .option('--json', 'print one line of JSON to standard output when ready, and nothing else')
    .option('--log-level <level>', 'debug, info, warn or error; the log is JSON on standard error', logLevelOf, 'info')
    .addHelpText('after', example('hallpass vault proxy --port 4200'))
    .action((options: ProxyCommandOptions) => proxy(outside, options));

async function proxy(outside: Outside, options: ProxyCommandOptions): Promise<void> {
  const stopAsked = outside.stopAsked();
  const look = await mailLookFrom(options);
  const { log, flush } = outside.log(options.logLevel);
  const vault = await openVault(outside, options, { log, create: false });
  const door = await openProxyDoor(outside, vault, {
    port: options.port ?? portFrom(outside.env, PROXY_PORT),
    host: options.host,
    publicUrl: options.proxyUrl,
    onBug: (error) => log('error', 'vault.bug', { error: error instanceof Error ? error.message : String(error) }),
  }).catch(async (error: unknown) => {
    await vault.close();
    throw error;
  });
  const { createService } = await import('@hallpass/vault');
  const service = createService({ vault, look });
  // Other commands use a file of SQLite through the process that has it.
  const operator =
    vault.parts.db.kind === 'sqlite'
      ? await openVaultSocket(outside, { service, vault, directory: options.data })
      : undefined;
  const sealed = vault.sealedBecause;
  if (options.json) outside.out(JSON.stringify({ ready: true, url: door.url, sealed: sealed ?? null }));
  else {
    outside.out(`The proxy listens on ${door.url}. Stop with Ctrl+C.`);
    if (sealed !== undefined) outside.out(`The vault is sealed: ${sealed} It opens as soon as the key is available.`);
  }
  await untilStopped(outside, stopAsked, async () => {
    await operator?.close();
    await door.close(GRACE);
    await vault.close();
    await flush();
  });
}
