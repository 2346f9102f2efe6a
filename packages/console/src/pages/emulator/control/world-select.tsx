// One of the apps, people or Pages of the world is chosen here.
import { Select } from '@mantine/core';
import { useWorldState } from './use-control.ts';

interface WorldSelectProps {
  label: string;
  of: 'apps' | 'people' | 'pages';
  description?: string;
  /** Shown where nothing is chosen; the first of the list where it's absent. */
  placeholder?: string;
  value: string | null;
  onChange(id: string | null): void;
}

export function WorldSelect({ of, placeholder, ...props }: WorldSelectProps) {
  const list = useWorldState().data?.[of] ?? [];
  return (
    <Select
      {...props}
      placeholder={placeholder ?? list[0]?.name ?? ''}
      data={list.map(({ id, name }) => ({ value: id, label: name }))}
      clearable
      searchable
    />
  );
}
