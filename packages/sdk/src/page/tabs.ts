// Tabs of one origin tell each other what happens to the log-in, so that a log-out is seen everywhere and one of them
// renews for all. Nothing is stored for it: the channel reaches open pages of this origin only.
import type { Session } from '../session/session.ts';

export interface Tidings {
  session: Session;
  /** When it was learned, milliseconds. */
  at: number;
}

let channel: BroadcastChannel | undefined;

const statuses: readonly unknown[] = ['connected', 'not_authorized', 'unknown', 'authorization_expired'];

const isTidings = (value: unknown): value is Tidings =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'number' &&
  'session' in value &&
  typeof value.session === 'object' &&
  value.session !== null &&
  'status' in value.session &&
  statuses.includes(value.session.status);

export function listenToTabs(appId: string, hear: (tidings: Tidings) => void): void {
  channel?.close();
  channel = new BroadcastChannel(`fb_${appId}`);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isTidings(data)) hear(data);
  };
}

export const tellTabs = (tidings: Tidings): void => channel?.postMessage(tidings);

/**
 * Runs `act` while no other tab of this origin does. Browsers without locks, and pages that may not use them, go ahead.
 */
export async function oneTabAtATime(appId: string, act: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request(`fb_renew_${appId}`, act);
  } catch {
    await act();
  }
}
