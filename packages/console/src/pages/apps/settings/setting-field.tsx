// One setting of an app as an input that fits what it holds: a switch, a line, some lines, or a list with one entry a line.
import { Switch, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { FieldValues } from '../../../parts/form/edits.ts';
import type { Fields } from '../../../parts/form/fields.ts';
import { Sentence } from '../../../parts/sentence.tsx';
import { docOf, settingOf } from './use-settings.ts';

interface SettingFieldProps {
  fields: Fields<FieldValues>;
  name: string;
  /** Said below the label in place of the sentence of the table. */
  words?: ReactNode;
  disabled?: boolean;
}

function SettingField({
  fields,
  name,
  words = docOf(name) && <Sentence text={docOf(name)} />,
  disabled = false,
}: SettingFieldProps) {
  const { kind } = settingOf(name);
  if (kind === 'flag') return <Switch {...fields.toggle(name)} description={words} disabled={disabled} />;
  if (Array.isArray(settingOf(name).default))
    return <ListField fields={fields} name={name} words={words} disabled={disabled} />;
  if (kind === 'words')
    return (
      <Textarea
        {...fields.text(name)}
        description={words}
        autosize
        minRows={2}
        maxRows={8}
        disabled={disabled}
        dir="auto"
      />
    );
  const type = kind === 'email' ? 'email' : kind === 'address' || kind === 'receiver' ? 'url' : 'text';
  return <TextInput {...fields.text(name)} description={words} type={type} disabled={disabled} dir="auto" />;
}

const entriesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The text keeps empty lines and spaces while somebody types; what is stored are its entries. */
function ListField({ fields, name, words, disabled }: Required<SettingFieldProps>) {
  const { value, onChange, ...rest } = fields.choice(name);
  const stored = Array.isArray(value) ? value.map(String) : [];
  const [typed, setTyped] = useState<string>();
  const text = typed !== undefined && entriesOf(typed).join('\n') === stored.join('\n') ? typed : stored.join('\n');
  return (
    <Textarea
      {...rest}
      description={words}
      value={text}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        onChange(entriesOf(currentTarget.value));
      }}
      placeholder="One per line"
      autosize
      minRows={2}
      maxRows={12}
      disabled={disabled}
      spellCheck={false}
      classNames={{ input: 'mono' }}
    />
  );
}

/** Several settings beside each other. */
type FieldsProps = Pick<SettingFieldProps, 'fields' | 'disabled'> & { names: readonly string[] };

export function Fields({ fields, names, disabled = false }: FieldsProps) {
  return (
    <div className="setting-fields">
      {names.map((name) => (
        <SettingField key={name} fields={fields} name={name} disabled={disabled} />
      ))}
    </div>
  );
}
