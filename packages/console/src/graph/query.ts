// Pages share this memory of answers. A refusal of the Graph is final: only what never arrived is tried again.
import { QueryClient } from '@tanstack/react-query';
import { GraphFailure } from './door.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => !(error instanceof GraphFailure) && count < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
