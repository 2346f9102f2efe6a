// Servers of apps ask the platform over HTTP with these functions.
import assert from 'node:assert/strict';
import type { App } from './cast.ts';

interface Reply {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  body: any;
}

export type Params = Readonly<Record<string, string>>;

export interface Graph {
  get(path: string, params?: Params): Promise<Reply>;
  post(path: string, params?: Params): Promise<Reply>;
  delete(path: string, params?: Params): Promise<Reply>;
  /** A token for a code. `redirectUri` as it was in the dialog. */
  redeem(app: Pick<App, 'id' | 'secret'>, code: string, redirectUri: string): Promise<Reply>;
  /** A long-lived token for a short-lived one. */
  exchange(app: App, token: string): Promise<string>;
  /** Reads what debug_token says, asked by the app. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  inspect(app: App, token: string): Promise<any>;
}

export const idAndSecret = (app: App): string => `${app.id}|${app.secret}`;

export function graphAt(url: string): Graph {
  const ask = async (method: string, path: string, params: Params = {}): Promise<Reply> => {
    const query = new URLSearchParams(params).toString();
    const inBody = method === 'POST';
    const reply = await fetch(`${url}${path}${inBody || query === '' ? '' : `?${query}`}`, {
      method,
      ...(inBody ? { body: query, headers: { 'content-type': 'application/x-www-form-urlencoded' } } : {}),
    });
    return { status: reply.status, body: await reply.json() };
  };
  const token = (params: Params) => ask('GET', '/v25.0/oauth/access_token', params);
  return {
    get: (path, params) => ask('GET', path, params),
    post: (path, params) => ask('POST', path, params),
    delete: (path, params) => ask('DELETE', path, params),
    redeem: (app, code, redirectUri) =>
      token({ client_id: app.id, client_secret: app.secret, redirect_uri: redirectUri, code }),
    async exchange(app, short) {
      const { status, body } = await token({
        grant_type: 'fb_exchange_token',
        client_id: app.id,
        client_secret: app.secret,
        fb_exchange_token: short,
      });
      assert.equal(status, 200, JSON.stringify(body));
      return body.access_token as string;
    },
    async inspect(app, inspected) {
      const { status, body } = await ask('GET', '/debug_token', {
        input_token: inspected,
        access_token: idAndSecret(app),
      });
      assert.equal(status, 200, JSON.stringify(body));
      return body.data;
    },
  };
}

/** A call that was refused with this code, and subcode if there is one. */
export function refused(reply: Reply, code: number, subcode?: number): void {
  assert.deepEqual(
    [reply.body?.error?.code, reply.body?.error?.error_subcode],
    [code, subcode],
    JSON.stringify(reply.body),
  );
}
