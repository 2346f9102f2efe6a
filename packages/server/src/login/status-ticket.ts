// A status ticket stands in the answer of a dialog that the JavaScript SDK asked for. The page hands it to the status
// endpoint at once, which gives the browser its status cookie there: cookies that were set in the window of the dialog do
// not reach a page of another site. It holds once, for one session, app and origin, for minutes, and is no token: who
// reads it later has nothing (threats WP-08).
import { keyedHashText, sameText } from '../hash.ts';
import type { Installation } from '../installation/installation.ts';
import { change, type ChangeContext } from '../liveness/change.ts';
import * as singleUse from '../store/codes/single-use.ts';
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
const NONCE = 12;
const form = /^(\d{1,20})\.(\d{1,12})\.([\w-]{16})\.([\w-]{43})$/;

interface Ticket extends StatusPlace {
  /** Epoch seconds. */
  until: string;
  nonce: string;
}

function signature({ keys }: Pick<Installation, 'keys'>, ticket: Ticket): string {
  const { session, appId, origin, until, nonce } = ticket;
  return keyedHashText(keys.interaction, ['status ticket', session, appId, origin, until, nonce].join('|'));
}

export function statusTicket(installation: Pick<Installation, 'keys' | 'world'>, place: StatusPlace): string {
  const { clock, random } = installation.world;
  const until = String(clock.now() + LIFE);
  const nonce = Buffer.from(random.bytes(NONCE)).toString('base64url');
  return [place.session, until, nonce, signature(installation, { ...place, until, nonce })].join('.');
}

/**
 * Uses a ticket up. @returns the id of the session; undefined for a ticket that was used before, is old, forged, or for
 * another app or origin
 */
export async function useTicket(
  installation: ChangeContext & Pick<Installation, 'keys'>,
  text: string,
  at: Omit<StatusPlace, 'session'>,
): Promise<string | undefined> {
  const [, session = '', until = '', nonce = '', presented = ''] = form.exec(text) ?? [];
  const now = installation.world.clock.now();
  if (session === '' || Number(until) < now) return undefined;
  const ticket = { session, until, nonce, ...at };
  if (!sameText(installation.keys.compare, presented, signature(installation, ticket))) return undefined;
  const row = {
    hash: keyedHashText(installation.keys.singleUse, `status_ticket:${text}`),
    kind: 'status_ticket',
    app_id: at.appId,
    person_id: null,
    payload: '{}',
    expires_at: Number(until),
    used_at: now,
    tries: 0,
  } as const;
  return (await change(installation, ({ tx }) => singleUse.claim(tx, row))) ? session : undefined;
}
