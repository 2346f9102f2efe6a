// Chatwoot: the channels of Facebook, Instagram and WhatsApp. Tokens are encrypted by Active Record where its keys are
// set, and plain text that is older stays so. The facts stand in chatwoot/chatwoot: the models of these channels with the
// comments about their columns, and the configuration of the application.
import { decrypted, keyOf, openRails, RAILS_KEY, RAILS_SALT, sealRails } from '../old-ciphers.ts';
import type { OldKeys, OldRow, OldToken, Product } from '../product.ts';
import { isRecord, momentOf, momentText, recordFrom, recordOf, textOf } from '../values.ts';

const inbox = (type: string) =>
  [
    {
      table: 'inboxes',
      on: `j.channel_id = t.id and j.channel_type = 'Channel::${type}'`,
      columns: { name: 'inbox_name' },
    },
  ] as const;

export const chatwoot: Product = {
  label: 'Chatwoot',
  source: 'chatwoot/chatwoot: app/models/channel, config/application.rb (4.x, 2025 to 2026)',
  keys: [RAILS_KEY, RAILS_SALT],
  tables: {
    channel_facebook_pages: {
      columns: ['page_access_token', 'user_access_token', 'page_id'],
      joined: inbox('FacebookPage'),
    },
    channel_instagram: { columns: ['access_token', 'instagram_id', 'expires_at'], joined: inbox('Instagram') },
    channel_whatsapp: { columns: ['provider_config', 'phone_number'], joined: inbox('Whatsapp') },
  },
  renewal: "Chatwoot doesn't renew it.",
  read({ table, values }, keys) {
    const id = textOf(values, 'id') ?? '';
    const name = textOf(values, 'inbox_name');
    if (table === 'channel_facebook_pages') {
      const token = (column: string): Partial<OldToken> & Pick<OldToken, 'path'> => ({
        path: [table, id, column],
        ...decrypted(() => tokenIn(values, column, keys)),
      });
      return [
        { ...token('page_access_token'), name, kind: 'page_long', pageId: textOf(values, 'page_id') },
        // It is named after its person, because the name of the inbox is that of the Page.
        { ...token('user_access_token'), kind: 'user_long' },
      ];
    }
    if (table === 'channel_instagram')
      return [
        {
          path: [table, id, 'access_token'],
          name: name ?? textOf(values, 'instagram_id'),
          ...decrypted(() => tokenIn(values, 'access_token', keys)),
          kind: 'instagram_long',
          believedEnd: momentOf(values, 'expires_at') ?? null,
        },
      ];
    const path = [table, id, 'provider_config'];
    if (textOf(values, 'provider') !== 'whatsapp_cloud') return [{ path, leftOut: 'a WhatsApp inbox of another host' }];
    const config = recordOf(values, 'provider_config') ?? {};
    return [{ path, name: name ?? textOf(values, 'phone_number'), token: textOf(config, 'api_key') }];
  },
  put({ table, values }, tokens, keys, random) {
    const columns: Record<string, string | null> = {};
    for (const [column, { token, until }] of tokens) {
      if (column === 'provider_config')
        columns[column] = JSON.stringify({ ...recordOf(values, column), api_key: token });
      else
        columns[column] =
          messageIn(values, column) === undefined
            ? token
            : sealRails(keyOf(keys, RAILS_KEY), keyOf(keys, RAILS_SALT), token, random);
      if (table === 'channel_instagram') columns['expires_at'] = momentText(until);
    }
    return columns;
  },
};

/** A message of Active Record Encryption; undefined for plain text. */
function messageIn(values: OldRow['values'], column: string): OldRow['values'] | undefined {
  const text = textOf(values, column);
  return text?.startsWith('{') ? recordFrom(text) : undefined;
}

/** A token is plain text, or a message of Active Record Encryption. */
function tokenIn(values: OldRow['values'], column: string, keys: OldKeys): string | undefined {
  const message = messageIn(values, column);
  if (message === undefined) return textOf(values, column);
  const [p, h] = [textOf(message, 'p') ?? '', message['h']];
  return openRails(keyOf(keys, RAILS_KEY), keyOf(keys, RAILS_SALT), { p, h: isRecord(h) ? h : {} });
}
