// The session of this browser, as pages use it.
import { useQuery } from '@tanstack/react-query';
import { currentSession, forgetSession, type Session } from './door.ts';
import { startQuery } from './start.ts';

/** Returns the session of the person who is logged in: `undefined` while it is not known, `null` for nobody. */
export function useSession(): Session | null | undefined {
  const { data } = useQuery({
    queryKey: ['session'],
    queryFn: async ({ client }) => {
      // A visitor who isn't logged in has no session to ask for.
      if (!(await client.query({ ...startQuery, staleTime: 10_000 })).log_out) return null;
      forgetSession();
      return (await currentSession()) ?? null;
    },
    staleTime: 60_000,
  });
  return data;
}

/** The log-in, which leads back to the page that is open now. */
export const logInAddress = (): string => `/login?next=${encodeURIComponent(location.pathname)}`;
