// This module knows which host plays which part, and on what absolute addresses are built. Printed addresses follow the
// host that was asked or the configured public address, never an inner port.
import { gamingHost, graphLabels, isLoopback, metaDomain, metaScriptHost, pageLabels } from '@hallpass/protocol';
import type { Settings } from './settings.ts';

/** A host serves one of these: the Graph, people's pages, or both side by side. */
export type HostRole = 'graph' | 'www' | 'both';

export interface Addresses {
  graph: string;
  www: string;
  /** Serves the relay page of the browser SDK. */
  static: string;
}

/** The page on which an invitation into a business is answered. */
export const invitationPath = '/business/invitation';

/** The dialogs of the Graph API Explorer answer at this path: a page of ours. */
export const explorerReturnPath = '/tools/explorer/callback';

/** Below this path our own pages call the Graph, with the web session of whoever is logged in. */
export const dashboardGraph = '/console/graph';

const graphNames = new Set(graphLabels);
const pageNames = new Set(pageLabels);

/** @returns undefined for a host that is not ours (answered with 421) */
export function roleOf(host: string, settings: Settings): HostRole | undefined {
  const name = host.replace(/:\d+$/, '');
  if (isLoopback(name))
    return settings.publicUrl === undefined || isLoopback(new URL(settings.publicUrl).hostname) ? 'both' : undefined;
  return roleOfName(name, settings.baseDomain) ?? (isConfigured(host, name, settings) ? 'both' : undefined);
}

function roleOfName(name: string, domain: string | undefined): HostRole | undefined {
  if (domain === undefined) return undefined;
  if (name === gamingHost) return 'graph';
  if (name === domain) return 'www';
  if (!name.endsWith(`.${domain}`)) return undefined;
  const label = name.slice(0, -domain.length - 1);
  if (graphNames.has(label)) return 'graph';
  return pageNames.has(label) ? 'www' : undefined;
}

const isConfigured = (host: string, name: string, { publicUrl, extraHosts }: Settings): boolean =>
  (publicUrl !== undefined && new URL(publicUrl).host === host) || extraHosts.includes(name);

/** True when a host serves batches: the one for games does not. */
export const servesBatches = (host: string): boolean => host.replace(/:\d+$/, '') !== gamingHost;

/** True when a host is for Limited Login alone. */
export function isLimitedHost(host: string, { baseDomain }: Settings): boolean {
  const name = host.replace(/:\d+$/, '');
  return baseDomain !== undefined && (name === `limited.${baseDomain}` || name === `www.limited.${baseDomain}`);
}

/**
 * `base` is what was asked: scheme and host, e.g. `https://graph.example.com`. Where a public address is configured,
 * scheme and port are its own (threats WP-11).
 */
export function addressesFor(base: string, settings: Settings): Addresses {
  if (settings.baseDomain !== undefined) {
    const asked = new URL(base);
    const domain = settings.baseDomain;
    const besides = asked.hostname === gamingHost || (domain === metaDomain && asked.hostname === metaScriptHost);
    if (asked.hostname === domain || asked.hostname.endsWith(`.${domain}`) || besides) {
      const { protocol, port } = settings.publicUrl === undefined ? asked : new URL(settings.publicUrl);
      const on = (label: string) => `${protocol}//${label}.${domain}${port ? `:${port}` : ''}`;
      return { graph: on('graph'), www: on('www'), static: on('staticxx') };
    }
  }
  const one = settings.publicUrl ?? base;
  return { graph: one, www: one, static: one };
}
