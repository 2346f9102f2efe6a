// Rows of a list are sorted by one column and found by a text that stands in any of them.

export interface SortableColumn<T> {
  id: string;
  /** Returns the value that the rows are sorted and found by. */
  value(row: T): string | number;
}

export interface Sorting {
  /** Id of the column. */
  column: string;
  direction: 'asc' | 'desc';
}

/** The rows with this text in one of their columns, in whatever case, in this order; in their own without one. */
export function shownRows<T>(
  rows: readonly T[],
  columns: readonly SortableColumn<T>[],
  { wanted, sorting }: { wanted: string; sorting: Sorting | undefined },
): readonly T[] {
  const text = wanted.toLowerCase();
  const found =
    text === ''
      ? rows
      : rows.filter((row) => columns.some((one) => String(one.value(row)).toLowerCase().includes(text)));
  const column = columns.find(({ id }) => id === sorting?.column);
  if (column === undefined) return found;
  const sign = sorting?.direction === 'desc' ? -1 : 1;
  return found.toSorted((a, b) => {
    const [left, right] = [column.value(a), column.value(b)];
    return left === right ? 0 : left > right ? sign : -sign;
  });
}

/** The order after a click on the head of a column: texts from A on, numbers from the largest; then back; then none. */
export function nextSorting<T>(
  sorting: Sorting | undefined,
  { id, value }: SortableColumn<T>,
  firstRow: T | undefined,
): Sorting | undefined {
  const first = firstRow !== undefined && typeof value(firstRow) === 'number' ? 'desc' : 'asc';
  if (sorting?.column !== id) return { column: id, direction: first };
  return sorting.direction === first ? { column: id, direction: first === 'asc' ? 'desc' : 'asc' } : undefined;
}
