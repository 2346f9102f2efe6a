// These details are for a developer of the app, beside the general words on the page of a blocked dialog: which scopes,
// which address and what differs, which domain. It repeats parts of the request, so it is shown to people with a role
// on the app alone, and in the emulator (threats WP-06).

import type { AppId } from '../store/ids.ts';

export interface BlockDetail {
  /** The app whose setting it may be. */
  appId?: AppId;
  /** Names in scope that are no permissions. */
  scopes?: readonly string[];
  /** The redirect address that was sent. */
  address?: string;
  /** The registered address that comes nearest to it. */
  registered?: string;
  /** The first part in which the two differ. */
  differs?: string;
  /** The domain of the page that the SDK was loaded on. */
  domain?: string;
}

const form = /^([^:/?#]*):\/\/([^/?#:]*)(?::(\d*))?([^?#]*)(\?[^#]*)?/;

/** The parts of an address in the order in which a difference is told. */
function partsOf(address: string): Record<string, string> {
  const [, scheme = '', host = '', port = '', path = '', query = ''] = form.exec(address) ?? [];
  return { 'the scheme': scheme, 'the host': host, 'the port': port, 'the path': path, 'the query': query };
}

const withoutSlash = (address: string): string => address.replace(/\/(?=\?|$)/, '');

function difference(address: string, registered: string): string {
  if (address.toLowerCase() === registered.toLowerCase()) return 'capital and small letters';
  if (withoutSlash(address) === withoutSlash(registered)) return 'the final slash';
  const [sent, known] = [partsOf(address), partsOf(registered)];
  return Object.keys(sent).find((part) => sent[part] !== known[part]) ?? 'the spelling';
}

/** Counts the parts that are the same. */
function nearness(address: string, registered: string): number {
  const [sent, known] = [partsOf(address), partsOf(registered)];
  return Object.keys(sent).filter((part) => sent[part] === known[part]).length;
}

/** Says what to do about an address that the app has not registered. */
export function addressDetail(address: string, registered: readonly string[]): BlockDetail {
  const [nearest] = registered.toSorted((a, b) => nearness(address, b) - nearness(address, a));
  return nearest === undefined ? { address } : { address, registered: nearest, differs: difference(address, nearest) };
}

/** Says what to do about an address of the SDK, whose fragment names the page it is loaded on. */
export function domainDetail(address: string): BlockDetail {
  const [, domain] = /[#&]domain=([\w.-]{1,253})(?:&|$)/.exec(address) ?? [];
  return domain === undefined ? {} : { domain };
}
