// Pages share this memory of answers. A refusal of the Graph is final: only what never arrived is tried again.
import { QueryClient } from '@tanstack/react-query';
import { ServiceFailure } from './service-failure.ts';
import { GraphFailure, setAfterAct } from './door.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (count, error) => !(error instanceof GraphFailure || error instanceof ServiceFailure) && count < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});

// An act may change more than the page that it was done on: each other page asks again when it is opened. What never
// changes while a page is open, like the schema, is kept.
setAfterAct(
  () =>
    void queryClient.invalidateQueries({
      refetchType: 'none',
      predicate: ({ options }) => !('staleTime' in options) || options.staleTime !== Number.POSITIVE_INFINITY,
    }),
);
