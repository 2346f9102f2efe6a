// A browser shows a key of the REST interface once, and gets a cookie for it. What the cookie may do is looked up at each
// call: the rights of the key as they are then, and nothing once the key is gone. Decision 0028 says why.
import { HOUR } from '@hallpass/protocol';
import type { ConsoleSession } from '../../client/console-session.ts';
import type { VaultParts } from '../../parts.ts';
import {
  consoleSessionByHash,
  deleteConsoleSession,
  insertConsoleSession,
} from '../../store/access/console-sessions.ts';
import { type Caller, callerOf, callerOfKey } from '../api-keys.ts';
import { ServiceRefusal } from '../refusal-answer.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world'>;

/** Seconds after which somebody signs in anew: a working day. */
export const SESSION_LIFE = 8 * HOUR;
/** Browsers that one key is signed in with at a time; the oldest gives way. */
export const SESSIONS_OF_KEY = 20;

/** A caller who came with the cookie of a session. */
export interface SessionCaller extends Caller {
  session: ConsoleSession;
}

/**
 * Signs a browser in.
 *
 * @returns the value of its cookie, which is stored nowhere. @throws ServiceRefusal `no_session`, VaultSealed
 */
export async function beginSession(parts: Parts, key: string): Promise<string> {
  const { db, keys, world } = parts;
  const caller = await callerOf(parts, key);
  if (caller === undefined) throw new ServiceRefusal('no_session');
  const value = Buffer.from(world.random.bytes(32)).toString('base64url');
  const now = world.clock.now();
  const session = {
    hash: keys.hash('session', value),
    tenant: caller.tenant,
    key_id: caller.by,
    begun_at: now,
    expires_at: now + SESSION_LIFE,
  };
  await db.act(({ tx }) => insertConsoleSession(tx, session, SESSIONS_OF_KEY));
  world.log('info', 'vault.console.signed_in', { tenant: caller.tenant, by: caller.by });
  return value;
}

/** The caller whose browser has this cookie. @throws ServiceRefusal `no_session`, VaultSealed */
export async function callerOfSession(parts: Parts, value: string | undefined): Promise<SessionCaller> {
  const { db, keys, settings, world } = parts;
  const hash = keys.hash('session', value ?? '');
  const row = value === undefined ? undefined : await consoleSessionByHash(db.read, hash);
  const now = world.clock.now();
  if (row === undefined || row.expires_at <= now) throw new ServiceRefusal('no_session');
  const caller = await callerOfKey(parts, row.tenant, row.key_id);
  if (caller === undefined) throw new ServiceRefusal('no_session');
  const { name, ...known } = caller;
  return {
    ...known,
    session: {
      platform: settings.name,
      now,
      tenant: row.tenant,
      key: { id: row.key_id, name },
      rights: [...known.rights],
      expiresAt: row.expires_at,
      hasMail: world.mail !== undefined,
      hasPages: settings.publicUrl !== '',
    },
  };
}

/** Ends a session at once, for every copy of its cookie. @throws VaultSealed */
export async function endSession({ db, keys }: Pick<Parts, 'db' | 'keys'>, value: string | undefined): Promise<void> {
  const hash = keys.hash('session', value ?? '');
  await db.act(({ tx }) => deleteConsoleSession(tx, hash));
}
