// The last column of many lists has one button, which ends or removes what its row is about.
import { Button } from '@mantine/core';
import type { RecordColumn } from './record-table.tsx';

export interface EndingColumn<T> {
  /** Words of the button, e.g. "Remove". */
  word: string;
  /** Returns the words of a screen reader, with the name of the row, e.g. "Remove Fern Scheduler". */
  label(row: T): string;
  /** Asks and acts. */
  act(row: T): void;
  /** CSS width. */
  width?: string;
}

export const endingColumn = <T,>({ word, label, act, width = '8rem' }: EndingColumn<T>): RecordColumn<T> => ({
  id: 'acts',
  header: 'Actions',
  sorts: false,
  width,
  value: () => '',
  cell: (row) => (
    <Button variant="subtle" color="danger" size="compact-sm" onClick={() => act(row)} aria-label={label(row)}>
      {word}
    </Button>
  ),
});
