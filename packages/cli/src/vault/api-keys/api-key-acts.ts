// The acts on keys of the service as plain data, so that one function carries them out for a command that opens the vault
// itself, and for one that asks the running service.
import { shape } from '@hallpass/protocol';
import type { ApiKey, Vault } from '@hallpass/vault';
import { type Right, rights } from '@hallpass/vault/client';

export type ApiKeyAct = { act: 'add'; name: string; rights: Right[] } | { act: 'list' } | { act: 'remove'; id: string };

export interface ApiKeyAnswer {
  /** The new key, with `add`. */
  key?: string;
  /** All keys without their secrets, with `list`. */
  keys?: ApiKey[];
  /** False where there is no such key, with `remove`. */
  removed?: boolean;
}

export const apiKeyActShape = shape.either(
  shape.object<Extract<ApiKeyAct, { act: 'add' }>>({
    act: shape.oneOf('add'),
    name: shape.text,
    rights: shape.listOf(shape.keyOf(rights)),
  }),
  shape.either(
    shape.object<Extract<ApiKeyAct, { act: 'list' }>>({ act: shape.oneOf('list') }),
    shape.object<Extract<ApiKeyAct, { act: 'remove' }>>({ act: shape.oneOf('remove'), id: shape.text }),
  ),
);

export const apiKeyAnswerShape = shape.object<ApiKeyAnswer>({
  key: shape.optional(shape.text),
  keys: shape.optional(
    shape.listOf(
      shape.object<ApiKey>({
        id: shape.text,
        name: shape.text,
        rights: shape.listOf(shape.keyOf(rights)),
        createdAt: shape.number,
        usedAt: shape.optional(shape.number),
      }),
    ),
  ),
  removed: shape.optional(shape.boolean),
});

export async function carryOutApiKeyAct(
  parts: Vault['parts'],
  tenant: string,
  asked: ApiKeyAct,
): Promise<ApiKeyAnswer> {
  const { addApiKey, listApiKeys, removeApiKey } = await import('@hallpass/vault');
  switch (asked.act) {
    case 'add':
      return { key: await addApiKey(parts, tenant, asked) };
    case 'list':
      return { keys: await listApiKeys(parts, tenant) };
    case 'remove':
      return { removed: await removeApiKey(parts, tenant, asked.id) };
  }
}
