// A form lets people choose one thing by its name, out of those that the Graph lists for them.
import { Select, type SelectProps } from '@mantine/core';
import type { Fields } from './fields.ts';

type Choice = ReturnType<Fields<{ chosen: string }>['choice']>;

interface ChooseOneProps extends Pick<SelectProps, 'placeholder' | 'nothingFoundMessage' | 'required'> {
  /** Its value is the id of the thing; empty while none is chosen. */
  field: Choice;
  /** Undefined while nothing was answered. */
  things: readonly { id: string; name: string }[] | undefined;
  /** The window that opens with the form puts the focus here. */
  'data-autofocus'?: boolean;
}

export function ChooseOne({ field, things = [], ...rest }: ChooseOneProps) {
  return (
    <Select
      {...field}
      value={field.value === '' ? null : field.value}
      onChange={(id) => field.onChange(id ?? '')}
      data={things.map(({ id, name }) => ({ value: id, label: name }))}
      searchable
      {...rest}
    />
  );
}
