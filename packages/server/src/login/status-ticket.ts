// A status ticket stands in the answer of a dialog that the JavaScript SDK asked for. The page hands it to the status
// endpoint at once, which gives the browser its status cookie there: cookies that were set in the window of the dialog do
// not reach a page of another site. It holds for one session, app and origin, for minutes, and is no token.
import { keyedHashText, sameText } from '../hash.ts';
import type { Installation } from '../installation/installation.ts';
import type { AppId } from '../store/ids.ts';

/** The page of an app in a browser where this session is open. */
interface StatusPlace {
  /** Id of the web session. */
  session: string;
  appId: AppId;
  origin: string;
}

/** Seconds. */
const LIFE = 300;
const form = /^(\d{1,20})\.(\d{1,12})\.([\w-]{43})$/;

function signature(
  { keys }: Pick<Installation, 'keys'>,
  { session, appId, origin }: StatusPlace,
  until: string,
): string {
  return keyedHashText(keys.interaction, ['status ticket', session, appId, origin, until].join('|'));
}

export function statusTicket(installation: Pick<Installation, 'keys' | 'world'>, place: StatusPlace): string {
  const until = String(installation.world.clock.now() + LIFE);
  return `${place.session}.${until}.${signature(installation, place, until)}`;
}

/** @returns the id of the session; undefined for a ticket that is old, forged, or for another app or origin */
export function sessionOfTicket(
  installation: Pick<Installation, 'keys' | 'world'>,
  ticket: string,
  at: Omit<StatusPlace, 'session'>,
): string | undefined {
  const [, session = '', until = '', presented = ''] = form.exec(ticket) ?? [];
  if (session === '' || Number(until) < installation.world.clock.now()) return undefined;
  const expected = signature(installation, { session, ...at }, until);
  return sameText(installation.keys.compare, presented, expected) ? session : undefined;
}
