// Pages use the session of this browser through this hook.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { currentSession, forgetSession, pageOwner, type Session, whenSessionDoubted } from './current-session.ts';
import { startQuery } from './start.ts';

const key = ['session'];

/** Returns the session of the person who is logged in: `undefined` while it is not known, `null` for nobody. */
export function useSession(): Session | null | undefined {
  const { data } = useQuery({
    queryKey: key,
    queryFn: async ({ client }) => {
      // Somebody who isn't logged in has no session to ask for.
      if (!(await client.query({ ...startQuery, staleTime: 0 })).log_out) return null;
      forgetSession();
      return (await currentSession()) ?? null;
    },
    // A visitor who isn't logged in may be so after a look at another window.
    staleTime: ({ state }) => (state.data === null ? 0 : 60_000),
  });
  return data;
}

/** The fate of the session that the page was made for. */
export type SessionChange =
  /** It ended, and nobody has logged in since. */
  | { now: 'ended'; owner: Session }
  /** Another person has logged in with this browser. */
  | { now: 'another'; owner: Session; other: Session };

/** @returns undefined while the page belongs to whoever is logged in */
export function useSessionChange(): SessionChange | undefined {
  const session = useSession();
  const owner = pageOwner();
  if (session === undefined || owner === undefined) return undefined;
  if (session === null) return { now: 'ended', owner };
  return session.id === owner.id ? undefined : { now: 'another', owner, other: session };
}

/** Windows of this browser tell each other that somebody has logged in or out. */
const news = new BroadcastChannel('hallpass-session');

/** Asks for the session again when a call was refused for the lack of one, and when another window has opened. Used once, by the shell. */
export function useSessionNews(): void {
  const client = useQueryClient();
  useEffect(() => {
    const again = () => void client.invalidateQueries({ queryKey: key });
    news.postMessage('opened');
    news.addEventListener('message', again);
    const stop = whenSessionDoubted(again);
    return () => {
      news.removeEventListener('message', again);
      stop();
    };
  }, [client]);
}

/** The log-in, which leads back to the page that is open now. */
export const logInAddress = (): string => `/login?next=${encodeURIComponent(location.pathname)}`;
