// The inputs of a form are given these things: the value that is shown, what happens when it changes, and the message
// below it.
import type { ChangeEvent } from 'react';
import { GraphFailure } from '../../graph/door.ts';
import { ServiceFailure } from '../../graph/service-failure.ts';
import { type Edits, edited, type FieldValue, type FieldValues, shownValues } from './edits.ts';

type Name<V> = keyof V & string;

/** A message for each field that can't be right. */
export type FieldMessages<V> = Partial<Record<Name<V>, string>>;

export interface Fields<V extends FieldValues> {
  values: V;
  /** For `TextInput`, `Textarea`, `PasswordInput`. */
  text(name: Name<V>): {
    name: string;
    label: string;
    value: string;
    error: string | undefined;
    onChange(event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>): void;
  };
  /** For `Switch`, `Checkbox`. */
  toggle(name: Name<V>): {
    name: string;
    label: string;
    checked: boolean;
    error: string | undefined;
    onChange(event: ChangeEvent<HTMLInputElement>): void;
  };
  /** For `Select`, `TagsInput`, `NumberInput` and others that tell their value alone. */
  choice<K extends Name<V>>(
    name: K,
  ): {
    name: string;
    label: string;
    value: V[K];
    error: string | undefined;
    onChange(value: V[K]): void;
  };
  /** For an input that is told apart from its label, e.g. a matrix. */
  set<K extends Name<V>>(name: K, value: V[K]): void;
}

interface FieldsOptions<V extends FieldValues> {
  server: V;
  edits: Edits;
  labels: Readonly<Record<Name<V>, string>>;
  messages: FieldMessages<V>;
  change(next: (edits: Edits) => Edits): void;
}

export function fieldsOf<V extends FieldValues>({
  server,
  edits,
  labels,
  messages,
  change,
}: FieldsOptions<V>): Fields<V> {
  const values = shownValues(server, edits);
  const set = (name: string, value: FieldValue) => change((before) => edited(before, server, name, value));
  const common = (name: Name<V>) => ({ name, label: labels[name], error: messages[name] });
  return {
    values,
    text: (name) => ({
      ...common(name),
      value: String(values[name] ?? ''),
      onChange: ({ currentTarget: { value } }) => set(name, value),
    }),
    toggle: (name) => ({
      ...common(name),
      checked: values[name] === true,
      onChange: ({ currentTarget: { checked } }) => set(name, checked),
    }),
    choice: (name) => ({ ...common(name), value: values[name], onChange: (value) => set(name, value) }),
    set,
  };
}

/** The message of a refusal at the field that it names, e.g. "(#100) Param contact_email must be …". */
export function refusedFields<V>(error: unknown, names: readonly Name<V>[]): FieldMessages<V> {
  if (!(error instanceof GraphFailure || error instanceof ServiceFailure)) return {};
  const { message } = error;
  const words = new Set(message.match(/\w+/g));
  const refused: FieldMessages<V> = {};
  for (const name of names) if (words.has(name)) refused[name] = message.replace(/^\(#\d+\) /, '');
  return refused;
}
