// A matrix of tasks: a row for each thing or person, a column for each task, and one that stands for all of them.
import { Checkbox } from '@mantine/core';
import { adAccountTasks, pageTasks } from '@hallpass/protocol';
import type { RecordColumn } from '../../../parts/records/record-table.tsx';
import type { AssetKind } from './assignee.ts';
import { RowTitle } from '../../../parts/records/row-title.tsx';

interface TaskWord {
  name: string;
  title: string;
  words: string;
}

/** The tasks that are given one by one, by the kind of asset. */
export const taskWords: Readonly<Record<AssetKind, readonly TaskWord[]>> = {
  pages: Object.entries(pageTasks).flatMap(([name, { group, title, doc }]) =>
    group === 'classic' ? [{ name, title, words: doc }] : [],
  ),
  ad_accounts: Object.entries(adAccountTasks).flatMap(([name, { title, doc }]) =>
    name.startsWith('AA_') ? [] : [{ name, title, words: doc }],
  ),
};

interface Row {
  id: string;
  name: string;
}

interface MatrixOptions<T extends Row> {
  kind: AssetKind;
  /** The heading of the first column, and what stands in it below the name. */
  header: string;
  below?(row: T): string | undefined;
  tasksOf(row: T): readonly string[];
  /** Absent where nothing may be changed. */
  change?: ((row: T, tasks: readonly string[]) => void) | undefined;
}

export function taskColumns<T extends Row>({
  kind,
  header,
  below = ({ id }) => id,
  tasksOf,
  change,
}: MatrixOptions<T>): RecordColumn<T>[] {
  const words = taskWords[kind];
  const every = words.map(({ name }) => name);
  const box = (row: T, label: string, checked: boolean, next: (on: boolean) => readonly string[]) => (
    <Checkbox
      size="md"
      aria-label={`${label}: ${row.name}`}
      checked={checked}
      disabled={change === undefined}
      onChange={({ currentTarget }) => change?.(row, next(currentTarget.checked))}
    />
  );
  return [
    {
      id: 'name',
      header,
      width: '28%',
      value: (row) => `${row.name} ${row.id}`,
      cell: (row) => <RowTitle name={row.name} id={below(row)} />,
    },
    ...words.map(({ name, title }) => ({
      id: name,
      header: title,
      holds: 'tick' as const,
      value: (row: T) => (tasksOf(row).includes(name) ? 1 : 0),
      cell: (row: T) =>
        box(row, title, tasksOf(row).includes(name), (on) =>
          on ? [...tasksOf(row), name] : tasksOf(row).filter((one) => one !== name),
        ),
    })),
    {
      id: 'all',
      header: 'Full control',
      holds: 'tick' as const,
      value: (row) => tasksOf(row).length,
      cell: (row) =>
        box(
          row,
          'Full control',
          every.every((name) => tasksOf(row).includes(name)),
          (on) => (on ? [...new Set([...tasksOf(row), ...every])] : []),
        ),
    },
  ];
}

/** The names of tasks as people read them. */
export function taskTitles(kind: AssetKind, tasks: readonly string[]): string {
  const words = taskWords[kind];
  if (words.every(({ name }) => tasks.includes(name))) return 'Full control';
  return words
    .filter(({ name }) => tasks.includes(name))
    .map(({ title }) => title)
    .join(', ');
}
