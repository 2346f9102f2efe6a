// This table shows a list of the Graph: sorted by its columns, searched, and drawn only as far as it's seen, so that
// ten thousand rows are as quick as ten. Where its words have no room, each row is a block with its labels.
import { Group, Skeleton, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, ArrowUpDown, Search } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Breakable } from '../breakable.tsx';
import { FailureBox } from '../failure.tsx';
import { nextSorting, shownRows, type SortableColumn, type Sorting } from './shown-rows.ts';
import { type Records, useReadAll } from './records.ts';
import { useStacked } from './use-stacked.ts';

export interface RecordColumn<T> extends SortableColumn<T> {
  header: string;
  /** Returns what is shown; the value where it's absent. */
  cell?(row: T): ReactNode;
  /** False for a column of buttons, by which nobody sorts. */
  sorts?: false;
  /** CSS width; the columns without one share what is left. A column never becomes narrower than its words. */
  width?: string;
  /**
   * Says where a line of the column may end: at spaces and punctuation by default, nowhere in a time, anywhere in a
   * token or an address, which are longer than any column. A column of ticks is as narrow as the words of its heading.
   */
  holds?: 'time' | 'token' | 'tick';
}

export interface RecordTableProps<T> {
  records: Records<T>;
  /** Defined outside of the component, or remembered. */
  columns: readonly RecordColumn<T>[];
  rowId(row: T): string;
  /** Names the list, e.g. "People with a role". */
  label: string;
  /** The text in place of a list with nothing in it. */
  empty: ReactNode;
  /** Words in the box of the search; absent where a search makes no sense. */
  search?: string;
}

/** Pixels of a row before it was measured. */
const ROW = 49;
/** Rows that are short enough to stand on the page without a window of their own to scroll in. */
const FEW = 25;

export function RecordTable<T extends object>(props: RecordTableProps<T>) {
  const { records, columns, label, empty, search } = props;
  const [wanted, setWanted] = useState('');
  useReadAll(records, wanted !== '');
  const [sorting, setSorting] = useState<Sorting>();
  const { rows: data } = records;
  const shown = useMemo(() => shownRows(data ?? [], columns, { wanted, sorting }), [data, columns, wanted, sorting]);
  if (records.error) return <FailureBox error={records.error} onRetry={records.reload} />;
  if (!data) return <Skeleton h={200} aria-label={`Loading: ${label}`} />;
  if (data.length === 0) return empty;
  return (
    <Stack gap="xs">
      {search !== undefined && (
        <TextInput
          aria-label={search}
          placeholder={search}
          leftSection={<Search size={16} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          maw={420}
        />
      )}
      <Rows<T>
        {...props}
        rows={shown}
        sorting={sorting}
        onSort={(column) => setSorting(nextSorting(sorting, column, data[0]))}
      />
      <Group gap="xs" role="status">
        <Text size="xs" c="dimmed">
          {countInWords(shown.length, data.length, records, wanted !== '')}
        </Text>
      </Group>
    </Stack>
  );
}

function countInWords<T>(shown: number, read: number, { hasMore, total }: Records<T>, searched: boolean): string {
  const number = (count: number) => count.toLocaleString('en');
  if (searched && shown === 0 && !hasMore) return 'Nothing has that name.';
  if (searched) return `${number(shown)} of ${number(total ?? read)}${hasMore ? ', still reading' : ''}`;
  if (hasMore) return `${number(read)}${total === undefined ? '' : ` of ${number(total)}`}; more follow as you scroll`;
  // A few are counted at a glance.
  return read <= FEW ? '' : `${number(read)} in all`;
}

interface RowsProps<T> extends RecordTableProps<T> {
  rows: readonly T[];
  sorting: Sorting | undefined;
  onSort(column: RecordColumn<T>): void;
}

/** The rows that are seen, between two spaces as high as the others. */
function Rows<T>({ records, columns, rowId, label, rows, sorting, onSort }: RowsProps<T>) {
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowId(row);
    },
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { hasMore, reading, readMore } = records;
  const near = hasMore && !reading && last >= rows.length - 20;
  useEffect(() => {
    if (near) readMore();
  });
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  const scrolls = rows.length > FEW || hasMore;
  const stacked = useStacked(frame);
  const classes = ['records', scrolls && 'scrolls-inside', stacked && 'stacked'].filter(Boolean).join(' ');
  return (
    <div ref={frame} className={classes} {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}>
      <table className="records-table" aria-label={label} aria-rowcount={hasMore ? -1 : rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => {
              const { id, header, width, sorts = true, holds } = column;
              const className = holds === 'tick' ? 'holds-tick' : undefined;
              if (!sorts)
                return (
                  <th key={id} scope="col" style={{ width }}>
                    <span className="records-head">{header}</span>
                  </th>
                );
              const sorted = sorting?.column === id ? sorting.direction : undefined;
              return (
                <th key={id} scope="col" className={className} style={{ width }} aria-sort={ariaSort(sorted)}>
                  <UnstyledButton className="records-head" onClick={() => onSort(column)}>
                    {header} <SortMark sorted={sorted} />
                  </UnstyledButton>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden className="records-space" style={{ height: before }} />}
          {items.map(({ index, key }) => {
            const row = rows[index];
            return row ? (
              <tr key={key} ref={virtual.measureElement} data-index={index} aria-rowindex={index + 2}>
                {columns.map(({ id, header, cell, value, holds }) => (
                  <td key={id} data-label={header} className={holds && `holds-${holds}`}>
                    {cell ? (
                      cell(row)
                    ) : (
                      <bdi>
                        <Breakable text={String(value(row))} />
                      </bdi>
                    )}
                  </td>
                ))}
              </tr>
            ) : null;
          })}
          {after > 0 && <tr aria-hidden className="records-space" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

const ariaSort = (sorted: Sorting['direction'] | undefined) =>
  sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none';

function SortMark({ sorted }: { sorted: Sorting['direction'] | undefined }) {
  const Mark = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ArrowUpDown;
  return <Mark size={12} aria-hidden className={sorted === undefined ? 'faint' : ''} />;
}
