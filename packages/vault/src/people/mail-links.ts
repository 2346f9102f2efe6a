// The link at the end of a mail, by which its receiver gets no more of them. It names the address and is signed, so that
// nobody opts out for somebody else; nothing is stored for it, and it does not end.
import { timingSafeEqual } from 'node:crypto';
import type { VaultParts } from '../parts.ts';

type Parts = Pick<VaultParts, 'keys' | 'settings'>;

const signature = ({ keys }: Pick<VaultParts, 'keys'>, text: string): string => keys.hash('mail', text);

/** Undefined where this vault shows no pages. @throws VaultSealed */
export function optOutUrl(parts: Parts, tenant: string, address: string): string | undefined {
  if (parts.settings.publicUrl === '') return undefined;
  const text = `${tenant}.${Buffer.from(address).toString('base64url')}`;
  return `${parts.settings.publicUrl}/mail/${text}.${signature(parts, text)}`;
}

/** Reads a link that is ours. @throws VaultSealed */
export function readOptOutLink(
  parts: Pick<VaultParts, 'keys'>,
  link: string,
): { tenant: string; address: string } | undefined {
  const [, signed, tenant, address, given] =
    /^(([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,400}))\.([A-Za-z0-9_-]{43})$/.exec(link) ?? [];
  if (signed === undefined || tenant === undefined || address === undefined || given === undefined) return undefined;
  if (!timingSafeEqual(Buffer.from(signature(parts, signed)), Buffer.from(given))) return undefined;
  return { tenant, address: Buffer.from(address, 'base64url').toString('utf8') };
}
