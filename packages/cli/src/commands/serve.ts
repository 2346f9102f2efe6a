// `hallpass serve` runs the platform.
import { pause } from '@hallpass/protocol';
import type { HttpResponse, HttpRequest, Server } from '@hallpass/server';
import { listen } from '@hallpass/server';
import { createAdministratorLink, hasAdministrator } from '@hallpass/server/operator';
import { Command } from 'commander';
import { logLevelOf, portOf, secondsOf } from '../arguments.ts';
import { openOperatorSocket } from '../operator/socket-server.ts';
import { cannotListen, untilStopped } from '../surroundings/listening.ts';
import { example } from '../printing/example.ts';
import type { Outside } from '../surroundings/outside.ts';
import { keepMark, refuseOlderState } from '../surroundings/mark.ts';
import { openPlatform, refuseUnsafeBinding } from '../surroundings/platform.ts';
import { gather, settingOptions } from '../surroundings/setting-sources.ts';
import { warnUnbuilt } from '../surroundings/unbuilt.ts';

/** Seconds in which a balancer sees that we are going, while calls are still taken, unless the operator says otherwise. */
const DRAIN = 2;
/** Seconds that calls under way get after that. */
const GRACE = 25;

interface ServeOptions extends Record<string, unknown> {
  json?: boolean;
  /** Seconds. */
  drain: number;
  logLevel: ReturnType<typeof logLevelOf>;
}

export function build(outside: Outside): Command {
  return settingOptions(new Command('serve'))
    .description(
      'Start the platform, on SQLite in a data directory or on a PostgreSQL given by --database-url-file or DATABASE_URL=postgres://…, which any number of nodes may share. Settings come from --config, then the environment, then options.',
    )
    .option('--json', 'print one line of JSON to standard output when ready, and nothing else')
    .option(
      '--drain <seconds>',
      'at a stop, how long to take calls while /_/ready says that this node is going: longer than a load balancer takes to notice',
      secondsOf,
      DRAIN,
    )
    .option('--log-level <level>', 'debug, info, warn or error; the log is JSON on standard error', logLevelOf, 'info')
    .addHelpText('after', example('hallpass serve --data data --port 8000 --public-url https://id.example.com'))
    .action((options: ServeOptions) => serve(options, outside));
}

async function serve(options: ServeOptions, outside: Outside): Promise<void> {
  const stopAsked = outside.stopAsked();
  const gathered = await gather(outside, options);
  refuseUnsafeBinding(gathered);
  const port = portOf(gathered.place.port);
  const { host } = gathered.place;
  const { log, flush } = outside.log(options.logLevel);
  const server = await openPlatform(outside, gathered, log, false);
  await refuseOlderState(server, gathered.place.data).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  let leaving = false;
  const handle = async (incoming: HttpRequest): Promise<HttpResponse> => {
    if (!leaving) return server.handle(incoming);
    const answer = incoming.path === '/_/ready' ? notReady : await server.handle(incoming);
    // Nobody may hold a connection for a next call that would then be lost.
    return { ...answer, headers: { ...answer.headers, connection: 'close' } };
  };
  const door = await listen({
    handle,
    host,
    port,
    wall: outside.wall,
    trustedProxies: gathered.settings.trustedProxies,
    traceId: () => server.installation.nodeId,
    onBug: (error) =>
      log('error', 'server.bug', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  }).catch(async (error: unknown) => {
    await server.close();
    throw cannotListen(error, port, host);
  });
  const operatorSocket =
    server.installation.db.kind === 'sqlite'
      ? await openOperatorSocket(outside, server, {
          directory: gathered.place.data,
          url: gathered.settings.publicUrl ?? door.url,
        }).catch(async (error: unknown) => {
          await door.close();
          await server.close();
          throw error;
        })
      : undefined;
  const mark = keepMark(outside, server, gathered.place.data);
  const link = await administratorLink(server, door.url);
  if (options.json)
    outside.out(
      JSON.stringify({ ready: true, url: door.url, database: server.installation.db.kind, administrator_link: link }),
    );
  else {
    outside.out(
      `Hallpass listens on ${door.url} (${server.installation.db.kind === 'sqlite' ? `data in ${gathered.place.data}` : 'PostgreSQL'}). Stop with Ctrl+C.`,
    );
    if (link !== undefined)
      outside.out(
        `There is no administrator yet. Open this link within 30 minutes to become the first one. It works once, for anyone who has it:\n${link}`,
      );
    warnUnbuilt(outside);
  }
  const drained = stopAsked.then(() => {
    leaving = true;
    return pause(outside.wall, options.drain * 1000);
  });
  await untilStopped(outside, drained, async () => {
    await Promise.all([door.close(GRACE), operatorSocket?.close()]);
    await mark.stop();
    await server.close();
    await flush();
  });
}

const notReady: HttpResponse = {
  status: 503,
  headers: { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store' },
  body: '{"status":"not ready"}',
};

/** Makes the link only where nobody is an administrator yet. */
async function administratorLink({ installation }: Server, url: string): Promise<string | undefined> {
  if (await hasAdministrator(installation)) return undefined;
  return `${installation.settings.publicUrl ?? url}${await createAdministratorLink(installation)}`;
}
