// A list is read part by part, as far as somebody looks or searches, wherever its parts come from.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';

export interface Records<T> {
  /** All that was read so far; undefined while nothing was answered. */
  rows: readonly T[] | undefined;
  error: unknown;
  reload(): void;
  /** True when the list goes on after `rows`. */
  hasMore: boolean;
  reading: boolean;
  readMore(): void;
  /** The number of all rows, where the Graph tells. */
  total: number | undefined;
}

interface ListPart<T> {
  rows: readonly T[];
  /** The place at which the next part begins; absent in the last one. */
  next?: string | undefined;
  /** The number of all rows, where the answer tells it. */
  total?: number | undefined;
}

interface PartsOptions<T> {
  /** Names the list in the memory of answers. */
  queryKey: readonly unknown[];
  /** Reads one part, from the `next` of the part before. */
  read(after: string | undefined): Promise<ListPart<T>>;
  enabled?: boolean;
  /** Rows that were read stay while another question is on its way. */
  keepsRows?: boolean;
}

export function useParts<T>({ queryKey, read, enabled = true, keepsRows = false }: PartsOptions<T>): Records<T> {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    enabled,
    ...(keepsRows && { placeholderData: keepPreviousData }),
  });
  const rows = useMemo(() => data?.pages.flatMap((part) => part.rows), [data]);
  return {
    rows,
    error: rows ? null : error,
    reload: () => void refetch(),
    hasMore: hasNextPage,
    reading: isFetching,
    // A part that is on its way is waited for: to ask for it once more would cancel it.
    readMore: () => void fetchNextPage({ cancelRefetch: false }),
    total: data?.pages[0]?.total,
  };
}

/** Rows that are read at most without anybody scrolling, when a search wants all of them. */
const MOST = 10_000;

/** Reads the rest of a list while `wanted`, one part after the other. */
export function useReadAll<T>({ rows, hasMore, reading, readMore }: Records<T>, wanted: boolean): void {
  const goOn = wanted && hasMore && !reading && (rows?.length ?? 0) < MOST;
  useEffect(() => {
    if (goOn) readMore();
  });
}

/** A list that is there already, for the same table. */
export const recordsOf = <T>(rows: readonly T[]): Records<T> => ({
  rows,
  error: null,
  reload: () => {},
  hasMore: false,
  reading: false,
  readMore: () => {},
  total: rows.length,
});
