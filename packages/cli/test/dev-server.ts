// Some commands ask a server: these tests start `hallpass dev` and make tokens of its first app.
import { running, stopped } from './command.ts';

export interface DevServer {
  url: string;
  app: { id: string; secret: string };
  /** Makes a short-lived token of a new test user who allowed the app these permissions. */
  newToken(permissions: string): Promise<string>;
  close(): Promise<unknown>;
}

export async function startDevServer(): Promise<DevServer> {
  const server = await running(['dev', '--port', '0']);
  const { url, apps } = server.ready;
  const [app] = apps;
  return {
    url,
    app,
    async newToken(permissions) {
      const form = new URLSearchParams({ access_token: `${app.id}|${app.secret}`, installed: 'true', permissions });
      const answer = await fetch(`${url}/${app.id}/accounts/test-users`, { method: 'POST', body: form });
      return ((await answer.json()) as { access_token: string }).access_token;
    },
    close: () => stopped(server),
  };
}
