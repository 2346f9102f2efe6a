// The status cookie tells the status endpoint of the JavaScript SDK which web session a browser has, and grants nothing
// else. It is kept for one website of an app at a time (`Partitioned`), so no site learns by it where else somebody is
// logged in (threats WP-02). It names the session and is signed: nothing is stored for it, and it is worth nothing once
// the session has ended.
import { keyedHashText, sameText } from '../../hash.ts';
import type { Installation } from '../../installation/installation.ts';
import type { ChangeContext } from '../../liveness/change.ts';
import * as webSessions from '../../store/people/web-sessions.ts';
import { type SignedInPerson, whileOpen } from './sessions.ts';

const form = /^(\d{1,20})\.([\w-]{43})$/;

const signature = ({ keys }: Pick<Installation, 'keys'>, id: string): string =>
  keyedHashText(keys.webSession, `status|${id}`);

export const statusCookie = (installation: Pick<Installation, 'keys'>, { id }: { id: string }): string =>
  `${id}.${signature(installation, id)}`;

/** Finds the person whose session a status cookie names, while that session is open. */
export async function findStatusSession(
  installation: ChangeContext,
  cookie: string | undefined,
): Promise<SignedInPerson | undefined> {
  const [, id = '', presented = ''] = form.exec(cookie ?? '') ?? [];
  if (id === '' || !sameText(installation.keys.compare, presented, signature(installation, id))) return undefined;
  return whileOpen(installation, await webSessions.byId(installation.db.read, id));
}
