// n8n: its table of credentials, and what `n8n export:credentials` writes. The facts stand in n8n-io/n8n: the entity of
// credentials, the two ciphers, and the credentials FacebookGraphApi, FacebookLeadAdsOAuth2Api and WhatsAppApi.
import { looksLikeMeta } from './meta-tokens.ts';
import { keyOf, openN8n, sealN8n } from '../old-ciphers.ts';
import type { ColumnValues, OldKeys, OldRow, OldToken, Product } from '../product.ts';
import { isRecord, momentOf, recordFrom, recordOf, textOf } from '../values.ts';

const KEY = 'N8N_ENCRYPTION_KEY';
const TABLE = 'credentials_entity';

/** The field of a type of credentials that holds a token of this family. */
const tokenFields: Readonly<Record<string, string>> = {
  facebookGraphApi: 'accessToken',
  facebookGraphAppApi: 'accessToken',
  whatsAppApi: 'accessToken',
};

const isMetaAddress = (url: string | undefined): boolean =>
  /^https:\/\/(?:graph\.(?:facebook|instagram|threads)|api\.instagram)\.(?:com|net)\//.test(url ?? '');

export const n8n: Product = {
  label: 'n8n',
  source: 'n8n-io/n8n: packages/@n8n/db/src/entities, packages/core/src/encryption (1.x and 2.x, 2025 to 2026)',
  keys: [KEY],
  tables: { [TABLE]: { columns: ['name', 'type', 'data'] } },
  renewal: "n8n doesn't renew it.",
  read({ values }, keys) {
    const type = textOf(values, 'type') ?? '';
    const path = [TABLE, textOf(values, 'id') ?? '', 'data'];
    const name = textOf(values, 'name');
    if (!(type in tokenFields) && !/oauth2|http(?:Header|Query|Bearer)Auth/i.test(type))
      return [{ path, leftOut: 'another service' }];
    const data = dataOf(values, keys);
    if (data === undefined) return [{ path, name, problem: 'Its data is no record: it is damaged.' }];
    const field = tokenFields[type];
    if (field !== undefined) return [{ path, name, token: textOf(data, field) }];
    return [{ path, name, ...generic(data) }];
  },
  put({ values }, tokens, keys, random): ColumnValues {
    const returned = tokens.get('data');
    const data = dataOf(values, keys);
    if (returned === undefined || data === undefined) return {};
    const text = JSON.stringify(withToken(data, tokenFields[textOf(values, 'type') ?? ''], returned.token));
    return { data: sealN8n(keyOf(keys, KEY), text, random) };
  },
};

/** The record with another token in the place of its own. */
function withToken(data: OldRow['values'], field: string | undefined, token: string): OldRow['values'] {
  if (field !== undefined) return { ...data, [field]: token };
  const log = recordOf(data, 'oauthTokenData');
  if (log !== undefined) return { ...data, oauthTokenData: { ...log, access_token: token } };
  const value = textOf(data, 'value');
  if (value === undefined) return { ...data, token };
  return { ...data, value: /^Bearer /i.test(value) ? `Bearer ${token}` : token };
}

/** Credentials of any service: a log-in by OAuth, or a header or parameter that is sent along. */
function generic(data: OldRow['values']): Omit<OldToken, 'path'> {
  const log = recordOf(data, 'oauthTokenData');
  const token = textOf(log ?? {}, 'access_token') ?? textOf(data, 'value') ?? textOf(data, 'token');
  const bare = token?.replace(/^Bearer /i, '');
  const known = isMetaAddress(textOf(data, 'accessTokenUrl'));
  if (!known && !(bare !== undefined && looksLikeMeta(bare))) return { leftOut: 'another service' };
  return {
    token: bare,
    appId: known ? textOf(data, 'clientId') : undefined,
    believedEnd: momentOf(log ?? {}, 'expires_at') ?? null,
  };
}

/** The table holds encrypted text; an export may hold the record itself. */
function dataOf(values: OldRow['values'], keys: OldKeys): OldRow['values'] | undefined {
  const data = values['data'];
  if (isRecord(data)) return data;
  if (typeof data !== 'string') return undefined;
  return recordFrom(data) ?? recordFrom(openN8n(keyOf(keys, KEY), data));
}
