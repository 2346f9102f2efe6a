// This hook reads a list of the Graph part by part, as far as somebody looks or searches.
import { call, type Params } from '../../graph/door.ts';
import { type Records, useParts } from './records.ts';

interface RecordsPart<T> {
  data: readonly T[];
  paging?: { cursors?: { after?: string }; next?: string };
  summary?: { total_count?: number };
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

export function useRecords<T>({ queryKey, path, params = {}, limit = 100, enabled }: RecordsOptions): Records<T> {
  return useParts({
    queryKey: [...queryKey, path, params],
    read: async (after) => {
      const { data, paging, summary } = await call<RecordsPart<T>>('GET', path, { ...params, limit, after });
      const next = paging?.next === undefined ? undefined : paging.cursors?.after;
      return { rows: data, next, total: summary?.total_count };
    },
    enabled,
  });
}
