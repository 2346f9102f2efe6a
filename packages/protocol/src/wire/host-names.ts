// The names of hosts: labels below a domain, and the addresses that programs of others have written in them.

/**
 * `ep1` and `ep2` stand in for `graph` on devices that keep trackers away; `api` and `api-read` are of the REST calls
 * of before.
 */
export const graphLabels: readonly string[] = [
  'graph',
  'graph-video',
  'graph.beta',
  'graph-video.beta',
  'api',
  'api-read',
  'ep1',
  'ep2',
];

/** Hosts that show pages to people, and the one that the browser SDK is loaded from. */
export const pageLabels: readonly string[] = [
  'www',
  'm',
  'business',
  'developers',
  'connect',
  'staticxx',
  'limited',
  'www.limited',
  'oauth',
];

/** The host of games, whatever the domain is. Batches are not served there. */
export const gamingHost = 'graph.fb.gg';

/** The domain that clients have written in them, and the host of the browser SDK beside it. */
export const metaDomain = 'facebook.com';
export const metaScriptHost = 'connect.facebook.net';

/** Every host that an unchanged client may ask for: what the emulator answers in place of Meta. */
export const metaHosts: readonly string[] = [
  ...[...graphLabels, ...pageLabels].map((label) => `${label}.${metaDomain}`),
  metaDomain,
  metaScriptHost,
  gamingHost,
];

const hosts = new Set(metaHosts);

/** Tells whether a client that asks for this host means Meta. */
export const isMetaHost = (host: string): boolean => hosts.has(host.toLowerCase());
