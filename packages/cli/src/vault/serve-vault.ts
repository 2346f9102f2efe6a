// `hallpass vault serve`: the service of a vault on a port, with its sweeps and deliveries.
import type { HttpListener } from '@hallpass/server';
import type { Vault } from '@hallpass/vault';
import { Command, Option } from 'commander';
import { baseOf, logLevelOf, portFrom, portOf, secondsUpTo } from '../arguments.ts';
import { CommandError } from '../command-error.ts';
import { example } from '../printing/example.ts';
import { cannotListen, untilStopped } from '../surroundings/listening.ts';
import type { Outside } from '../surroundings/outside.ts';
import { warnUnbuilt } from '../surroundings/unbuilt.ts';
import { openVault, vaultOptions } from './open-vault.ts';
import type { VaultPlace } from './vault-place.ts';
import { openVaultSocket } from './operator-socket.ts';
import { openProxyDoor } from './proxy/proxy-door.ts';
import { servedBy } from './served-by.ts';
import { mailLookFrom } from './mail-texts.ts';

interface ServeOptions extends VaultPlace {
  port?: number;
  host: string;
  json?: boolean;
  logLevel: ReturnType<typeof logLevelOf>;
  sweepEvery: number;
  trustedProxies?: string;
  proxyPort?: number;
  proxyUrl?: string;
}

const PORT = 4100;
/** Seconds that calls under way get when it stops. */
const GRACE = 25;

export const serveCommand = (outside: Outside): Command =>
  vaultOptions(new Command('serve'))
    .description(
      'Run the vault as a service: REST interface, console, pages for reconnecting, sweeps, mails and webhooks. Any number of processes may share a PostgreSQL.',
    )
    .option('--port <number>', `the port; 0 picks a free one (default: PORT of the environment, or ${PORT})`, portOf)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option(
      '--sweep-every <seconds>',
      'seconds between sweeps; 0 for no sweeps by this process',
      secondsUpTo(86_400),
      60,
    )
    .option('--proxy-port <number>', 'also run the proxy for handles, on this port; 0 picks a free one', portOf)
    .option('--proxy-url <address>', 'the address at which programs reach that proxy, for links in answers', baseOf)
    .addOption(
      new Option(
        '--trusted-proxies <list>',
        'addresses or ranges of your proxies, with commas: their X-Forwarded-For and X-Forwarded-Proto are believed',
      ).env('HALLPASS_VAULT_TRUSTED_PROXIES'),
    )
    .option('--json', 'print one line of JSON to standard output when ready, and nothing else')
    .option('--log-level <level>', 'debug, info, warn or error; the log is JSON on standard error', logLevelOf, 'info')
    .addHelpText('after', example('hallpass vault serve --data vault --public-url https://vault.example.com'))
    .action((options: ServeOptions) => serve(outside, options));

async function serve(outside: Outside, options: ServeOptions): Promise<void> {
  const stopAsked = outside.stopAsked();
  const port = options.port ?? portFrom(outside.env, PORT);
  const [{ listen, settingTable }, { createService, startDelivering }, { consoleFiles }] = await Promise.all([
    import('@hallpass/server'),
    import('@hallpass/vault'),
    import('@hallpass/console'),
  ]);
  const proxies = settingTable.trustedProxies.check.safeParse(options.trustedProxies ?? []);
  if (!proxies.success)
    throw new CommandError('cannotStart', `--trusted-proxies: ${proxies.error.issues[0]?.message ?? 'not a list'}.`);
  const look = await mailLookFrom(options);
  const { log, flush } = outside.log(options.logLevel);
  const vault = await openVault(outside, options, { log, create: true });
  const service = createService({ vault, look, console: consoleFiles('vault') });
  const onBug = (error: unknown): void =>
    log('error', 'vault.bug', { error: error instanceof Error ? error.message : String(error) });
  const door = await listen({
    ...servedBy(service),
    trustedProxies: proxies.data,
    host: options.host,
    port,
    wall: outside.wall,
    traceId: () => '-',
    onBug,
  }).catch(async (error: unknown) => {
    await vault.close();
    throw cannotListen(error, port, options.host);
  });
  const proxyDoor = await proxyDoorOf(outside, vault, options, { onBug, trustedProxies: proxies.data }).catch(
    async (error: unknown) => {
      await door.close();
      await vault.close();
      throw error;
    },
  );
  const operator =
    vault.parts.db.kind === 'sqlite'
      ? await openVaultSocket(outside, { service, vault, directory: options.data })
      : undefined;
  const delivering = startDelivering(vault.parts, look);
  const sweeper = vault.sweeper();
  if (options.sweepEvery > 0) sweeper.start(options.sweepEvery);
  const sealed = vault.sealedBecause;
  if (options.json)
    outside.out(
      JSON.stringify({
        ready: true,
        url: door.url,
        ...(proxyDoor && { proxy: proxyDoor.url }),
        sealed: sealed ?? null,
      }),
    );
  else {
    outside.out(`The vault listens on ${door.url}, its console on ${door.url}/console. Stop with Ctrl+C.`);
    if (proxyDoor) outside.out(`Its proxy listens on ${proxyDoor.url}.`);
    if (sealed !== undefined) outside.out(`It is sealed: ${sealed} It opens as soon as the key is available.`);
    warnUnbuilt(outside);
  }
  await untilStopped(outside, stopAsked, async () => {
    await operator?.close();
    await Promise.all([door.close(GRACE), proxyDoor?.close(GRACE)]);
    await sweeper.stop();
    await delivering.stop();
    await vault.close();
    await flush();
  });
}

/** The proxy of this process; undefined where none is asked for. */
async function proxyDoorOf(
  outside: Outside,
  vault: Vault,
  { proxyPort, proxyUrl, host }: ServeOptions,
  more: Pick<Parameters<typeof openProxyDoor>[2], 'onBug' | 'trustedProxies'>,
): Promise<HttpListener | undefined> {
  return proxyPort === undefined
    ? undefined
    : openProxyDoor(outside, vault, { ...more, port: proxyPort, host, publicUrl: proxyUrl });
}
