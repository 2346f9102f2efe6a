// Reading a web page because an app asks for it: the page is fetched through the fenced way out (threats RL-18), and
// nothing of it is kept.
import { graphError } from '@hallpass/protocol';
import type { Installation } from '../../installation/installation.ts';
import type { App } from '../../store/apps/apps.ts';
import { type PageSummary, summaryOf } from './open-graph.ts';

const OK = 200;
const headers = { 'user-agent': 'hallpass/1.0', accept: 'text/html' };

/**
 * @returns what the page says of itself; nothing where this installation calls servers of this machine alone
 *   (`callbackReceivers=local`, as in the emulator) and the address is none of the app's own
 * @throws GraphError link.unreadable where the page does not answer 200, or may not be asked
 */
export async function scrape({ world, settings }: Installation, app: App, url: string): Promise<PageSummary> {
  // The words of private networks are never shown to an app, also where their servers may be called; of this machine it sees
  // the servers that it is registered with, for others may be there.
  const here = settings.callbackReceivers === 'local';
  if (here && !isOfApp(url, app)) return {};
  const reach = here ? 'local' : 'public';
  const answer = await world.outbound?.send({ method: 'GET', url, headers, reach, beginning: true });
  if (!answer) return {};
  if (answer.fault !== undefined || answer.status !== OK) throw graphError('link.unreadable');
  return summaryOf(answer.body);
}

/** Tells whether a server is one of those that people of the app are sent to. */
function isOfApp(url: string, { settings: { redirectUris, websiteUrl } }: App): boolean {
  const origin = new URL(url).origin;
  return [...redirectUris, websiteUrl].some((address) => URL.parse(address)?.origin === origin);
}
