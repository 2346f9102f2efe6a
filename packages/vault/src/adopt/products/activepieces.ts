// Activepieces: its table of connections, whose `value` is `{iv, data}` in hex. The facts stand in
// activepieces/activepieces: the entity of connections, its shared types, the helper for encryption, and the pieces
// facebook-pages, facebook-leads, instagram-business and whatsapp.
import { looksLikeMeta } from './meta-tokens.ts';
import { keyOf, openActivepieces, sealActivepieces } from '../old-ciphers.ts';
import type { ColumnValues, OldKeys, OldRow, OldToken, Product } from '../product.ts';
import { recordFrom, recordOf, textOf } from '../values.ts';

const KEY = 'AP_ENCRYPTION_KEY';
const PIECES = /^@activepieces\/piece-(?:facebook|instagram|whatsapp|threads|meta)/;

export const activepieces: Product = {
  label: 'Activepieces',
  source: 'activepieces/activepieces: packages/server/api/src/app/app-connection (0.50 to 0.88, 2025 to 2026)',
  keys: [KEY],
  tables: { app_connection: { columns: ['pieceName', 'externalId', 'value'] } },
  renewal: "Activepieces can't renew it: it needs a refresh token, and Meta gives none.",
  read({ table, values }, keys) {
    const piece = textOf(values, 'pieceName') ?? '';
    const path = [table, textOf(values, 'id') ?? '', 'value'];
    const name = textOf(values, 'displayName');
    const type = textOf(values, 'type') ?? '';
    if (!PIECES.test(piece) && !/http|webhook/.test(piece)) return [{ path, leftOut: 'another service' }];
    const value = valueIn(values, keys);
    if (value === undefined) return [{ path, name, problem: 'Its value is no record: it is damaged.' }];
    const token = tokenPlace(value)?.token;
    if (!PIECES.test(piece) && !(token !== undefined && looksLikeMeta(token)))
      return [{ path, leftOut: 'another service' }];
    const claimed = Number(textOf(value, 'claimed_at'));
    const life = Number(textOf(value, 'expires_in'));
    const found: OldToken = {
      path,
      name,
      token,
      appId: textOf(value, 'client_id'),
      scopes: textOf(value, 'scope'),
      believedEnd: claimed > 0 && life > 0 ? claimed + life : null,
      notes:
        type === 'CLOUD_OAUTH2'
          ? ['Its app belongs to Activepieces: only they can extend it. Connect it with your own.']
          : [],
    };
    return [found];
  },
  put({ values }, tokens, keys, random): ColumnValues {
    const returned = tokens.get('value');
    const next = tokenPlace(valueIn(values, keys) ?? {})?.replace(returned?.token ?? '');
    if (returned === undefined || next === undefined) return {};
    return { value: JSON.stringify(sealActivepieces(keyOf(keys, KEY), JSON.stringify(next), random)) };
  },
};

function valueIn(values: OldRow['values'], keys: OldKeys): OldRow['values'] | undefined {
  const stored = recordOf(values, 'value') ?? {};
  const [iv, data] = [textOf(stored, 'iv'), textOf(stored, 'data')];
  if (iv === undefined || data === undefined) return stored;
  return recordFrom(openActivepieces(keyOf(keys, KEY), iv, data));
}

/** The token of a connection, with what puts another one in its place. */
function tokenPlace(
  value: OldRow['values'],
): { token: string; replace: (token: string) => OldRow['values'] } | undefined {
  for (const field of ['access_token', 'secret_text']) {
    const token = textOf(value, field);
    if (token !== undefined) return { token, replace: (next) => ({ ...value, [field]: next }) };
  }
  const props = recordOf(value, 'props') ?? {};
  for (const field of ['access_token', 'accessToken']) {
    const token = textOf(props, field);
    if (token !== undefined) return { token, replace: (next) => ({ ...value, props: { ...props, [field]: next } }) };
  }
  return undefined;
}
