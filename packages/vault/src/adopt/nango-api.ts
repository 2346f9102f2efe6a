// Nango is also read by its API: the list of connections, of which it gives 10,000 at most, then each with its
// credentials. The facts stand in NangoHQ/nango, in the controllers and types of its public API.
import type { Fetch } from '@hallpass/client';
import type { OldRow } from './product.ts';
import { UnreadableSource } from './unreadable-source.ts';
import { isRecord, textOf } from './values.ts';

export interface NangoApi {
  /** `https://api.nango.dev`, or the address of an own installation. */
  base: string;
  /** The secret key of one environment. */
  secretKey: string;
  fetch: Fetch;
  /** Has Nango exchange each token first, so that it comes with its full life. This changes what Nango holds. */
  forceRefresh?: boolean | undefined;
}

const TABLE = '_nango_connections';
/** Letters of one answer. */
const LONGEST = 64 * 1024 * 1024;

/** Reads connection by connection. @throws UnreadableSource where the list can't be had */
export async function* rowsOfNango(api: NangoApi): AsyncGenerator<OldRow> {
  const now = await ask(api, '/connections');
  // Before 2025 the list had another name.
  const listed = now.ok ? now : await ask(api, '/connection');
  const place = now.ok ? '/connections' : '/connection';
  const connections = isRecord(listed.value) ? listed.value['connections'] : undefined;
  if (!Array.isArray(connections)) throw new UnreadableSource(`Nango gave no list: ${listed.said}`);
  for (const [at, one] of connections.entries()) {
    const where = `connection ${at + 1}`;
    if (!isRecord(one)) continue;
    const [id, integration] = [textOf(one, 'connection_id') ?? '', textOf(one, 'provider_config_key') ?? ''];
    const query = new URLSearchParams({ provider_config_key: integration });
    if (api.forceRefresh === true) query.set('force_refresh', 'true');
    const answer = await ask(api, `${place}/${encodeURIComponent(id)}?${query.toString()}`);
    const values = isRecord(answer.value) && answer.ok ? { ...one, ...answer.value } : one;
    const problem = answer.ok ? undefined : `Nango doesn't give it: ${answer.said}`;
    yield { table: TABLE, where, values: { ...values, id: `${integration} ${id}` }, problem };
  }
}

interface Answer {
  ok: boolean;
  value: unknown;
  /** A sentence about the answer, for people; never a credential. */
  said: string;
}

async function ask({ base, secretKey, fetch }: NangoApi, path: string): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`${base}${path}`, {
      method: 'GET',
      headers: { authorization: `Bearer ${secretKey}`, accept: 'application/json' },
      redirect: 'manual',
    });
  } catch {
    return { ok: false, value: undefined, said: 'it could not be reached.' };
  }
  const text = await response.text();
  const said = `it answered with status ${response.status}.`;
  if (text.length > LONGEST) return { ok: false, value: undefined, said: 'its answer was longer than 64 MiB.' };
  try {
    return { ok: response.ok, value: JSON.parse(text) as unknown, said };
  } catch {
    return { ok: false, value: undefined, said };
  }
}
