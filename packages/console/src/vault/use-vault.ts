// Pages read what the vault tells through these hooks, and do something with it.
import type { VaultClient } from '@hallpass/vault/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toastDone, toastFailure } from '../parts/failure.tsx';
import { type Records, useParts } from '../parts/records/records.ts';
import { ask } from './ask.ts';

const VAULT = 'vault';

/** Reads something of the vault. @param name names it in the memory of answers */
export function useVault<T>(name: readonly unknown[], read: (vault: VaultClient) => Promise<T>) {
  return useQuery({ queryKey: [VAULT, ...name], queryFn: () => ask(read) });
}

/** Reads a list part by part, as far as somebody looks. @param read one part, after the `next` of the part before */
export function useVaultList<T>(
  name: readonly unknown[],
  read: (vault: VaultClient, after: string | undefined) => Promise<{ rows: readonly T[]; next?: string | undefined }>,
): Records<T> {
  return useParts({
    queryKey: [VAULT, ...name],
    read: (after) => ask((vault) => read(vault, after)),
    keepsRows: true,
  });
}

/** A function after which everything that was read of the vault is read again. */
export function useReadAgain(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: [VAULT] });
}

interface Act<T> {
  run(vault: VaultClient): Promise<T>;
  /** Said when it's done. */
  done?: string;
}

/** Does something; everything is read again after it. A refusal is told at the edge of the window. */
export function useAct<T>(onDone: (answer: T) => void = () => {}) {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: ({ run }: Act<T>) => ask(run),
    onSuccess(answer, { done }) {
      if (done !== undefined) toastDone(done);
      onDone(answer);
    },
    onError: (error) => toastFailure(error),
    onSettled: () => readAgain(),
  });
}
