// A link that leads to the reconnect page of one connection. It can be forwarded: whoever opens it sees who is expected.
// Nothing is stored for it; it ends with its day, and with the token that it is to replace.
import { timingSafeEqual } from 'node:crypto';
import { DAY } from '@hallpass/protocol';
import type { VaultParts } from '../parts.ts';
import type { ConnectionKey, ConnectionRow } from '../store/connections.ts';

type LinkParts = Pick<VaultParts, 'keys' | 'settings' | 'world'>;

const signature = ({ keys }: Pick<VaultParts, 'keys'>, text: string): string => keys.hash('link', text);

/** The end of a link that is made now, epoch seconds. */
export const linkEnd = ({ settings, world }: Pick<VaultParts, 'settings' | 'world'>): number =>
  Math.ceil((world.clock.now() + settings.linkLife) / DAY) * DAY;

/** Undefined where this vault shows no pages. Within a day it is the same link. @throws VaultSealed */
export function reconnectUrl(
  parts: LinkParts,
  row: Pick<ConnectionRow, 'tenant' | 'id' | 'token_version'>,
): string | undefined {
  const { settings } = parts;
  if (settings.publicUrl === '') return undefined;
  const text = [row.tenant, row.id, row.token_version, linkEnd(parts)].join('.');
  return `${settings.publicUrl}/reconnect/${text}.${signature(parts, text)}`;
}

/**
 * Reads a link that is ours and has not ended. The token of the connection may be a newer one meanwhile: then the link
 * has been used.
 */
export function readReconnectLink(
  parts: Pick<VaultParts, 'keys' | 'world'>,
  text: string,
): (ConnectionKey & { tokenVersion: number }) | undefined {
  const [, signed, tenant, id, version, end, given] =
    /^(([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})\.(\d{1,15})\.(\d{1,15}))\.([A-Za-z0-9_-]{43})$/.exec(text) ?? [];
  if (signed === undefined || tenant === undefined || id === undefined || given === undefined) return undefined;
  const right = Buffer.from(signature(parts, signed));
  if (!timingSafeEqual(right, Buffer.from(given)) || Number(end) <= parts.world.clock.now()) return undefined;
  return { tenant, id, tokenVersion: Number(version) };
}
