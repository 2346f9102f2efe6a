// Choices above a list that say which of its rows are read, and a button that reads them anew.
import { Button, Group, Select } from '@mantine/core';
import type { Records } from './records.ts';

interface Filter {
  label: string;
  /** Said while nothing is chosen: all rows. */
  placeholder: string;
  options: readonly { value: string; label: string }[];
  value: string | null;
  onChange(value: string | null): void;
}

interface RecordFiltersProps {
  records: Pick<Records<unknown>, 'reload' | 'reading'>;
  filters: readonly Filter[];
}

export const RecordFilters = ({ records, filters }: RecordFiltersProps) => (
  <Group gap="xs" mb="sm">
    {filters.map(({ label, placeholder, options, value, onChange }) => (
      <Select
        key={label}
        aria-label={label}
        placeholder={placeholder}
        data={[...options]}
        value={value}
        onChange={onChange}
        clearable
      />
    ))}
    <Button variant="default" onClick={records.reload} loading={records.reading}>
      Refresh
    </Button>
  </Group>
);
