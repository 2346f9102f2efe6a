// The keys of another product come from its own variables or from a file of its own, never from an argument.
import type { OldKeys, Product } from '@hallpass/vault/adopt';
import { parseJson, shape } from '@hallpass/protocol';
import { CommandError } from '../../command-error.ts';
import { fileText } from '../../surroundings/file-text.ts';
import type { Outside } from '../../surroundings/outside.ts';

/** The file in which n8n keeps its key. */
const n8nConfig = shape.object<{ encryptionKey: string }>({ encryptionKey: shape.text });

/**
 * The keys of a product, by the names of its variables. A file holds them as `NAME=value`, as a `.env` does; it may also
 * be the configuration of n8n, or hold one key alone.
 *
 * @throws CommandError where the file can't be read, or holds none of them
 */
export function oldKeysOf(outside: Outside, { label, keys }: Product, file: string | undefined): OldKeys {
  const given = Object.fromEntries(keys.map((name) => [name, outside.takeSecret(name) || undefined]));
  if (file === undefined) return given;
  const text = fileText(file, 'wrongUse').trim();
  const [only] = keys;
  const own = parseJson(n8nConfig, text)?.encryptionKey;
  if (own !== undefined && only !== undefined) return { ...given, [only]: own };
  const named = variablesIn(text);
  const found = keys.filter((name) => named.has(name));
  if (found.length > 0) return { ...given, ...Object.fromEntries(found.map((name) => [name, named.get(name)])) };
  if (only !== undefined && keys.length === 1 && /^\S+$/.test(text)) return { ...given, [only]: text };
  throw new CommandError(
    'wrongUse',
    keys.length === 0
      ? `${label} encrypts nothing that is read here: leave out --old-key-file.`
      : `${file} has no ${keys.join(' and no ')}: write NAME=value, as in a .env file.`,
  );
}

const variablesIn = (text: string): Map<string, string> =>
  new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, name, value] = /^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value.trim().replace(/^(["'])(.*)\1$/, '$2')]];
    }),
  );
