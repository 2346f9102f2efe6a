// Pages read what the emulator tells through these hooks, and order something of it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toastDone, toastFailure } from '../../../parts/failure.tsx';
import { chosenWorld, order } from './order.ts';

/** Reads an answer of the control interface about the chosen world. */
export function useControl<T>(path: string, options: { every?: number | false } = {}) {
  const world = chosenWorld.use();
  return useQuery({
    queryKey: ['emulator', world, path],
    queryFn: () => order<T>('GET', path),
    staleTime: 0,
    refetchInterval: options.every ?? false,
  });
}

interface Order {
  method?: 'POST' | 'DELETE';
  path: string;
  params?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Said when it's done. */
  done?: string;
}

/** Orders something; everything that was read is read again after it. A refusal is told at the edge of the window. */
export function useOrder<T = unknown>(onDone: (answer: T) => void = () => {}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method = 'POST', path, params }: Order) => order<T>(method, path, params),
    onSuccess(answer, { done }) {
      if (done !== undefined) toastDone(done);
      onDone(answer);
    },
    onError: (error) => toastFailure(error),
    onSettled: () => client.invalidateQueries({ queryKey: ['emulator'] }),
  });
}

interface Named {
  id: string;
  name: string;
}

export interface WorldState {
  name: string;
  world: string;
  people: readonly Named[];
  apps: readonly Named[];
  pages: readonly Named[];
}

export const useWorldState = () => useControl<WorldState>('state');
