// Nango: its table of connections, and the answers of its API about one. Credentials are JSON; with a key they are
// `{"encrypted_credentials": …}` beside `credentials_iv` and `credentials_tag`. The facts stand in NangoHQ/nango, in the
// types of connections and integrations and in its encryption manager.
import { looksLikeMeta } from './meta-tokens.ts';
import { keyOf, openNango, sealNango } from '../old-ciphers.ts';
import type { ColumnValues, OldKeys, OldRow, OldToken, Product } from '../product.ts';
import { momentOf, momentText, recordFrom, recordOf, textOf } from '../values.ts';

const KEY = 'NANGO_ENCRYPTION_KEY';
const TABLE = '_nango_connections';

/** The form of Nango for tokens of system users takes no others. */
const SYSTEM_USER_FORM = /^EAA[A-Za-z0-9]+$/;

export const nango: Product = {
  label: 'Nango',
  source: 'NangoHQ/nango: packages/types/lib/connection, packages/shared/lib/utils/encryption.manager (2025 to 2026)',
  keys: [KEY],
  tables: {
    [TABLE]: {
      columns: ['connection_id', 'provider_config_key'],
      joined: [
        {
          table: '_nango_configs',
          on: 'j.id = t.config_id',
          columns: { provider: 'provider', oauth_client_id: 'oauth_client_id' },
        },
      ],
    },
  },
  renewal: 'Nango renews it only when someone asks for the connection in time.',
  read({ values }, keys) {
    const connection = textOf(values, 'connection_id');
    const integration = textOf(values, 'provider_config_key') ?? '';
    const path = [TABLE, integration, connection ?? '', 'credentials'];
    if (values['deleted_at'] !== null && values['deleted_at'] !== undefined && values['deleted_at'] !== '')
      return [{ path, leftOut: 'deleted in Nango' }];
    const credentials = credentialsOf(values, keys);
    if (credentials === undefined)
      return [{ path, problem: 'It has no credentials: a list of connections shows none, but the table does.' }];
    const token = textOf(credentials, 'access_token') ?? textOf(credentials, 'apiKey');
    const provider = textOf(values, 'provider') ?? integration;
    if (!/facebook|instagram|threads|whatsapp|meta/i.test(provider) && !(token !== undefined && looksLikeMeta(token)))
      return [{ path, leftOut: 'another service' }];
    const user = recordOf(values, 'end_user') ?? {};
    const isKey = textOf(credentials, 'type') === 'API_KEY';
    return [
      {
        path,
        name: textOf(user, 'display_name') ?? connection,
        token,
        kind: kindOf(provider),
        appId: textOf(values, 'oauth_client_id'),
        ownerName: textOf(user, 'display_name'),
        ownerEmail: textOf(user, 'email'),
        believedEnd: momentOf(credentials, 'expires_at') ?? null,
        notes:
          isKey && token !== undefined && !SYSTEM_USER_FORM.test(token)
            ? ["It doesn't look like what Nango expects there, but that says nothing about it."]
            : [],
      },
    ];
  },
  put({ values }, tokens, keys, random): ColumnValues {
    const returned = tokens.get('credentials');
    const credentials = credentialsOf(values, keys);
    if (returned === undefined || credentials === undefined) return {};
    const { token, until } = returned;
    const next =
      textOf(credentials, 'type') === 'API_KEY'
        ? { ...credentials, apiKey: token }
        : { ...credentials, access_token: token, expires_at: momentText(until) ?? undefined };
    if (textOf(recordOf(values, 'credentials') ?? {}, 'encrypted_credentials') === undefined)
      return { credentials: JSON.stringify(next) };
    const sealed = sealNango(keyOf(keys, KEY), JSON.stringify(next), random);
    return {
      credentials: JSON.stringify({ encrypted_credentials: sealed.encrypted }),
      credentials_iv: sealed.iv,
      credentials_tag: sealed.tag,
    };
  },
};

const kindOf = (provider: string): OldToken['kind'] =>
  /^instagram/i.test(provider) ? 'instagram_long' : /^threads/i.test(provider) ? 'threads_long' : undefined;

function credentialsOf(values: OldRow['values'], keys: OldKeys): OldRow['values'] | undefined {
  const stored = recordOf(values, 'credentials');
  const [iv, tag] = [textOf(values, 'credentials_iv'), textOf(values, 'credentials_tag')];
  const encrypted = stored === undefined ? undefined : textOf(stored, 'encrypted_credentials');
  if (encrypted === undefined) return stored;
  return recordFrom(openNango(keyOf(keys, KEY), encrypted, iv ?? '', tag ?? ''));
}
