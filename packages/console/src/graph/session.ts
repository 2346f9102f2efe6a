// The session of this browser, as pages use it.
import { useQuery } from '@tanstack/react-query';
import { currentSession, forgetSession, type Session } from './door.ts';

/** Who is logged in: `undefined` while it is not known, `null` for nobody. */
export function useSession(): Session | null | undefined {
  const { data } = useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      forgetSession();
      return (await currentSession()) ?? null;
    },
    staleTime: 60_000,
  });
  return data;
}

/** The log-in, which leads back to the page that is open now. */
export const logInAddress = (): string => `/login?next=${encodeURIComponent(location.pathname)}`;
