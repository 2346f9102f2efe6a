// Nango is read by its public API, as a caller with the secret key of an environment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fetch } from '@hallpass/client';
import { type OldRow, products, rowsOfNango, tableWith, UnreadableSource } from '@hallpass/vault/adopt';

const listed = [
  {
    id: 1,
    connection_id: 'ann@example.com',
    provider_config_key: 'facebook',
    provider: 'facebook',
    errors: [],
    end_user: null,
  },
  {
    id: 2,
    connection_id: 'gone/../x',
    provider_config_key: 'facebook',
    provider: 'facebook',
    errors: [],
    end_user: null,
  },
];

interface Asked {
  url: string;
  by: string | undefined;
}

function nango(paths: Readonly<Record<string, unknown>>): { fetch: Fetch; asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: async (url, { headers, redirect }) => {
      assert.equal(redirect, 'manual', 'the key is not sent elsewhere');
      asked.push({ url, by: headers['authorization'] });
      const { pathname, search } = new URL(url);
      const body = paths[`${pathname}${search}`];
      return Response.json(body ?? { error: { code: 'not_found' } }, { status: body === undefined ? 404 : 200 });
    },
  };
}

async function read(fetch: Fetch, more: { forceRefresh?: boolean } = {}): Promise<OldRow[]> {
  const rows: OldRow[] = [];
  for await (const row of rowsOfNango({ base: 'https://nango.example.com', secretKey: 'sk', fetch, ...more }))
    rows.push(row);
  return rows;
}

const credentials = { type: 'OAUTH2', access_token: 'EAAx', expires_at: '2026-12-01T10:00:00.000Z', raw: {} };

test('each listed connection is asked for once, with its own name, and one that is not given is told', async () => {
  const { fetch, asked } = nango({
    '/connections': { connections: listed },
    '/connections/ann%40example.com?provider_config_key=facebook': { ...listed[0], credentials },
  });
  const [ann, gone] = await read(fetch);
  assert.equal(gone?.problem, "Nango doesn't give it: it answered with status 404.");
  assert.equal(tableWith(products.nango, Object.keys(ann?.values ?? {})), '_nango_connections');
  const [token] = products.nango.read(ann ?? assert.fail(), {});
  assert.deepEqual(
    [token?.token, token?.path],
    ['EAAx', ['_nango_connections', 'facebook', 'ann@example.com', 'credentials']],
  );
  assert.deepEqual(
    asked.map(({ by }) => by),
    ['Bearer sk', 'Bearer sk', 'Bearer sk'],
  );
  assert.ok(asked.at(-1)?.url.includes('/connections/gone%2F..%2Fx?'));
});

test('an older Nango has the list at another place, and only when told so each token is extended first', async () => {
  const { fetch } = nango({
    '/connection': { connections: listed.slice(0, 1) },
    '/connection/ann%40example.com?provider_config_key=facebook&force_refresh=true': { ...listed[0], credentials },
  });
  const [ann] = await read(fetch, { forceRefresh: true });
  assert.deepEqual([ann?.problem, ann?.values['credentials']], [undefined, credentials]);
});

test('what is no list is refused with the status, and nothing of the answer', async () => {
  const refused = (fetch: Fetch, words: RegExp) =>
    assert.rejects(read(fetch), (error) => error instanceof UnreadableSource && words.test(error.message));
  await refused(nango({}).fetch, /^Nango gave no list: it answered with status 404\.$/);
  await refused(async () => new Response('<html>', { status: 502 }), /status 502/);
  await refused(async () => Response.json({ connections: 'none' }), /status 200/);
  await refused(async () => Promise.reject(new TypeError('fetch failed')), /could not be reached/);
});
