// The hosts of a platform: one for all of it, or several, as Meta has them.
import { isHttpsOrLocal } from '@hallpass/protocol';

export interface Hosts {
  /** The Graph, such as `https://graph.facebook.com`. */
  graph: string;
  /** The dialogs and pages for people, such as `https://www.facebook.com`. */
  www: string;
  /** Limited Login, such as `https://limited.facebook.com`; `www` where it is left out. */
  limited?: string;
}

export const metaServer: Hosts = {
  graph: 'https://graph.facebook.com',
  www: 'https://www.facebook.com',
  limited: 'https://limited.facebook.com',
};

/** @throws TypeError for what is no address of a server, and for one of another machine without HTTPS */
export function hostsOf(server: string | Hosts): Required<Hosts> {
  const { graph, www, limited = www } = typeof server === 'string' ? { graph: server, www: server } : server;
  return { graph: originOf(graph), www: originOf(www), limited: originOf(limited) };
}

function originOf(address: string): string {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new TypeError(`${address} is no address of a server.`);
  if (!isHttpsOrLocal(url)) throw new TypeError(`${url.origin} must be reached by https: tokens travel to it.`);
  return url.origin;
}
