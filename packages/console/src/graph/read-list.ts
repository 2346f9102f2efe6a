// Some pages need a list of the Graph as a whole: a choice, or a matrix in which every row can be ticked.
import { call, type Params } from './door.ts';

interface ListPart<T> {
  data: readonly T[];
  paging?: { cursors?: { after?: string }; next?: string };
}

/** Rows of one call; the Graph gives no more. */
const ROWS = 100;
/** No list is read further than this. */
const MOST = 5000;

/**
 * Reads a list to its end, part by part.
 * @param path e.g. `/{business-id}/owned_pages`
 * @throws GraphFailure when the Graph refuses
 */
export async function readList<T>(path: string, params: Params = {}): Promise<T[]> {
  const rows: T[] = [];
  for (let after: string | undefined; rows.length < MOST; ) {
    const part: ListPart<T> = await call('GET', path, { ...params, limit: ROWS, after });
    rows.push(...part.data);
    after = part.paging?.next === undefined ? undefined : part.paging.cursors?.after;
    if (after === undefined) break;
  }
  return rows;
}
