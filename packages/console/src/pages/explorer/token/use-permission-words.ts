// The plain words of permissions are loaded by this hook.
import { useQuery } from '@tanstack/react-query';

/** The words are loaded when somebody wants to see them. */
export const usePermissionWords = (wanted: boolean) =>
  useQuery({
    queryKey: ['permission-words'],
    queryFn: () => import('../../../graph/permission-words.ts'),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: wanted,
  });
