// This hook reads a list of the Graph part by part, as far as somebody looks or searches.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { call, type Params } from '../../graph/door.ts';

interface RecordsPart<T> {
  data: readonly T[];
  paging?: { cursors?: { after?: string }; next?: string };
  summary?: { total_count?: number };
}

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

export interface RecordsOptions {
  /** Names the list in the memory of answers. */
  queryKey: readonly unknown[];
  /** E.g. `/{app-id}/roles`. */
  path: string;
  params?: Params;
  /** Rows of one call. */
  limit?: number;
  enabled?: boolean;
}

/** Rows that are read at most without anybody scrolling, when a search wants all of them. */
const MOST = 10_000;

export function useRecords<T>({
  queryKey,
  path,
  params = {},
  limit = 100,
  enabled = true,
}: RecordsOptions): Records<T> {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [...queryKey, path, params],
    queryFn: ({ pageParam: after }) => call<RecordsPart<T>>('GET', path, { ...params, limit, after }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ paging }: RecordsPart<T>) => (paging?.next === undefined ? undefined : paging.cursors?.after),
    enabled,
  });
  const rows = useMemo(() => data?.pages.flatMap((part) => part.data), [data]);
  return {
    rows,
    error: rows ? null : error,
    reload: () => void refetch(),
    hasMore: hasNextPage,
    reading: isFetching,
    // A part that is on its way is waited for: to ask for it once more would cancel it.
    readMore: () => void fetchNextPage({ cancelRefetch: false }),
    total: data?.pages[0]?.summary?.total_count,
  };
}

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
