// The log-in of this person at a server, as `hallpass login` keeps it: the token in an encrypted file, and beside it, in
// the clear, the app that it belongs to.
import type { Hosts, TokenManager } from '@hallpass/client/native';
import { parseJson, shape } from '@hallpass/protocol';
import { replaceFile } from '@hallpass/db/files';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Outside } from '../surroundings/outside.ts';
import { dataFolder } from '../trust/data-folder.ts';

/** The app by which somebody is logged in. A client token is no secret. */
export interface LogInApp {
  appId: string;
  clientToken?: string | undefined;
}

const appShape = shape.object<LogInApp>({ appId: shape.text, clientToken: shape.optional(shape.text) });

const folderOf = (outside: Outside): string => join(dataFolder(outside), 'log-ins');

/** `localhost_4000`: one log-in for each server. */
const fileOf = (outside: Outside, server: string, ending: string): string =>
  join(folderOf(outside), `${new URL(server).host.replaceAll(/[^\w.-]/g, '_')}.${ending}`);

/** The app of the log-in at this server; undefined where nobody is logged in. */
export function keptApp(outside: Outside, server: string): LogInApp | undefined {
  const file = fileOf(outside, server, 'json');
  return existsSync(file) ? parseJson(appShape, readFileSync(file, 'utf8')) : undefined;
}

export function keepApp(outside: Outside, server: string, app: LogInApp): void {
  const file = fileOf(outside, server, 'json');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  replaceFile(file, `${JSON.stringify(app)}\n`);
}

export function forgetApp(outside: Outside, server: string): void {
  rmSync(fileOf(outside, server, 'json'), { force: true });
}

/** The manager of this server's log-in, with the token that was kept. @throws StoreRefused */
export async function managerOf(
  outside: Outside,
  server: string,
  { appId, clientToken }: LogInApp,
  version?: string,
): Promise<TokenManager> {
  const { fileStore, TokenManager: Manager } = await import('@hallpass/client/native');
  const manager = new Manager({
    appId,
    clientToken,
    server: hostsFor(server),
    version,
    store: fileStore({ file: fileOf(outside, server, 'token'), keyFile: join(folderOf(outside), 'token.key') }),
    surroundings: { fetch: outside.fetch, now: () => outside.wall.now() * 1000 },
  });
  await manager.load();
  return manager;
}

/** The hosts of a server that is named by its Graph: `graph.example.com` has its dialogs at `www.example.com`. */
function hostsFor(server: string): string | Hosts {
  const { protocol, host } = new URL(server);
  const domain = /^graph\.(.+)$/.exec(host)?.[1];
  if (domain === undefined) return server;
  return { graph: server, www: `${protocol}//www.${domain}`, limited: `${protocol}//limited.${domain}` };
}
