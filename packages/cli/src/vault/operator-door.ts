// The command's end of the socket of a running vault: requests go to the service that holds the database.
import { existsSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { parseJson, shape, type Shape } from '@hallpass/protocol';
import { CommandError } from '../command-error.ts';
import { connected } from '../operator/ask-server.ts';
import { socketPath } from '../operator/socket-path.ts';
import type { Outside } from '../surroundings/outside.ts';
import type { VaultPlace } from './vault-place.ts';

/** The tenant whose connections a request is about. */
export const TENANT_HEADER = 'x-hallpass-tenant';
/** The addresses of what only an operator may ask, beside the calls of the service. */
export const operatorPaths = { apiKeys: '/operator/api-keys', backup: '/operator/backup' } as const;

/** A request to the running service, with every right. */
type OperatorFetch = (url: string, init?: RequestInit) => Promise<Response>;

/**
 * @returns undefined where no service runs on this directory, or its database is a PostgreSQL, which commands may share
 * @throws CommandError where the socket is another user's
 */
export async function operatorDoor(
  outside: Pick<Outside, 'platform' | 'user' | 'env'>,
  { data, tenant, databaseUrlFile }: VaultPlace,
): Promise<OperatorFetch | undefined> {
  const onPostgres = databaseUrlFile !== undefined || (outside.env['DATABASE_URL'] ?? '') !== '';
  const path = onPostgres || !existsSync(data) ? undefined : socketPath(data, outside.platform);
  const probe = path === undefined ? undefined : await connected(outside, path);
  if (path === undefined || !probe) return undefined;
  probe.destroy();
  return async (url, { method = 'GET', headers, body } = {}) => {
    const { pathname, search } = new URL(url, 'http://vault.localhost');
    const asked = request({
      socketPath: path,
      path: `${pathname}${search}`,
      method,
      headers: { ...Object.fromEntries(new Headers(headers)), [TENANT_HEADER]: tenant },
    });
    asked.end(typeof body === 'string' ? body : undefined);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return responseOf(answer);
  };
}

const refusalShape = shape.object<{ error: { message: string } }>({
  error: shape.object<{ message: string }>({ message: shape.text }),
});

/** Reads an answer of the operator's own paths. @throws CommandError for a refusal */
export async function readAnswer<T>(answerShape: Shape<T>, answer: Response): Promise<T> {
  const text = await answer.text();
  const read = answer.ok ? parseJson(answerShape, text) : undefined;
  if (read !== undefined) return read;
  const refused = parseJson(refusalShape, text);
  throw new CommandError(
    'failed',
    refused?.error.message ?? "The running service gave an answer that this command doesn't understand.",
  );
}

function responseOf(answer: IncomingMessage): Response {
  const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const status = answer.statusCode ?? 500;
  const body = status === 204 ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}
