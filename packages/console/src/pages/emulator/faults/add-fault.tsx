// The form for a fault is made of what the emulator says can be ordered: errors of the catalogue, faults of the connection,
// words for one token; each with what it needs, and the requests that it is for.
import { Button, Group, SegmentedControl, Select, Stack, Text, TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { Sentence } from '../../../parts/sentence.tsx';
import { useControl, useOrder } from '../control/use-control.ts';
import { WorldSelect } from '../control/world-select.tsx';

const kinds = [
  { value: 'error', label: 'An error' },
  { value: 'connection', label: 'The connection' },
  { value: 'token', label: 'One token' },
] as const;

type Kind = (typeof kinds)[number]['value'];

interface Available {
  name: string;
  kind: Kind;
  step?: string;
  doc: string;
  attributes?: Readonly<Record<string, number>>;
  params?: readonly string[];
}

interface Step {
  name: string;
  doc: string;
}

/** Everything that was typed or chosen, by name of the parameter; a name with a dot is inside of one. */
type TypedValues = Readonly<Record<string, string>>;

export function AddFault() {
  const { data } = useControl<{ faults: readonly Available[]; steps: readonly Step[] }>('faults/available');
  const [kind, setKind] = useState<Kind>('error');
  const [name, setName] = useState<string | null>(null);
  const [typed, setTyped] = useState<TypedValues>({});
  const add = useOrder(() => {
    setName(null);
    setTyped({});
  });
  const fault = data?.faults.find((one) => one.name === name && one.kind === kind);
  const set = (key: string) => (value: string | null) => setTyped((before) => ({ ...before, [key]: value ?? '' }));
  return (
    <Card title="Add a fault">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (fault) add.mutate({ path: 'faults', params: paramsOf(fault, typed), done: `${fault.name} is in force.` });
        }}
      >
        <Stack gap="md">
          <SegmentedControl
            data={[...kinds]}
            value={kind}
            onChange={(chosen) => {
              setKind(kinds.find(({ value }) => value === chosen)?.value ?? 'error');
              setName(null);
              setTyped({});
            }}
            aria-label="What goes wrong"
          />
          <Select
            label={kind === 'error' ? 'Error of the catalogue' : kind === 'connection' ? 'Connection fault' : 'Fault'}
            placeholder={kind === 'error' ? 'Such as server.away or 190' : 'Choose one'}
            data={(data?.faults ?? [])
              .filter((one) => one.kind === kind)
              .map((one) => ({ value: one.name, label: labelOf(one) }))}
            value={name}
            onChange={(chosen) => {
              setName(chosen);
              setTyped({});
            }}
            searchable
            limit={60}
            nothingFoundMessage="Nothing is called that."
            required
            withAsterisk={false}
          />
          {fault && (
            <>
              <Text size="sm" c="dimmed">
                <Sentence text={fault.doc} />
              </Text>
              <Details fault={fault} steps={data?.steps ?? []} typed={typed} set={set} />
              <Requests kind={kind} typed={typed} set={set} />
            </>
          )}
          <Group>
            <Button type="submit" disabled={!fault} loading={add.isPending}>
              Add it
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

const labelOf = ({ name, kind, doc }: Available): string => (kind === 'error' ? `${name} · ${doc.slice(0, 70)}` : name);

function paramsOf({ name }: Available, typed: TypedValues): Record<string, string> {
  const given = Object.entries(typed).filter(([, value]) => value.trim() !== '');
  const inside = (prefix: string) =>
    given
      .filter(([key]) => key.startsWith(`${prefix}.`))
      .map(([key, value]) => [key.slice(prefix.length + 1), value] as const);
  const words = inside('params');
  const numbers = inside('attributes').map(([key, value]) => [key, Number(value)] as const);
  return {
    fault: name,
    ...Object.fromEntries(given.filter(([key]) => !key.includes('.'))),
    ...(words.length === 0 ? {} : { params: JSON.stringify(Object.fromEntries(words)) }),
    ...(numbers.length === 0 ? {} : { attributes: JSON.stringify(Object.fromEntries(numbers)) }),
  };
}

interface FieldsProps {
  typed: TypedValues;
  set(key: string): (value: string | null) => void;
}

interface NumberFieldProps extends Omit<TextInputProps, 'onChange' | 'type'> {
  onChange(value: string): void;
}

const NumberField = ({ onChange, step = 'any', ...props }: NumberFieldProps) => (
  <TextInput {...props} type="number" step={step} onChange={(event) => onChange(event.currentTarget.value)} />
);

/** These fields are those that the fault needs. */
function Details({ fault, steps, typed, set }: FieldsProps & { fault: Available; steps: readonly Step[] }) {
  const { kind, step, params = [], attributes = {}, name } = fault;
  return (
    <div className="setting-fields">
      {kind === 'error' && (
        <>
          <Select
            label="Step"
            description={steps.find((one) => one.name === (typed['step'] || step))?.doc}
            data={steps.map((one) => one.name)}
            value={typed['step'] || step || null}
            onChange={set('step')}
            allowDeselect={false}
          />
          <NumberField
            label="HTTP status"
            description="If it differs from the error’s own"
            min={200}
            max={599}
            value={typed['status'] ?? ''}
            onChange={set('status')}
          />
        </>
      )}
      {params.map((one) => (
        <TextInput
          key={one}
          label={`Value for {${one}}`}
          description="Used in the message"
          value={typed[`params.${one}`] ?? ''}
          onChange={(event) => set(`params.${one}`)(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
      ))}
      {Object.entries(attributes).map(([one, usual]) => (
        <NumberField
          key={one}
          label={one}
          description={`Default: ${usual}`}
          min={0}
          value={typed[`attributes.${one}`] ?? ''}
          onChange={set(`attributes.${one}`)}
        />
      ))}
      {kind === 'token' && (
        <TextInput
          label="The token"
          description="Exactly as it’s sent; it isn’t shown again"
          type="password"
          autoComplete="off"
          value={typed['token'] ?? ''}
          onChange={(event) => set('token')(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
      )}
      {name === 'expire-after' && (
        <TextInput
          label="After"
          description="By the world’s clock, such as 10m"
          value={typed['after'] ?? ''}
          onChange={(event) => set('after')(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
      )}
    </div>
  );
}

/** The requests that it is for, and how often. */
function Requests({ kind, typed, set }: FieldsProps & { kind: Kind }) {
  return (
    <fieldset className="plain-fields">
      <Text component="legend" size="sm" fw={600} mb="xs">
        Which requests it’s for: all conditions must match
      </Text>
      <div className="setting-fields">
        <NumberField
          label="How many times"
          placeholder="No limit"
          min={1}
          value={typed['times'] ?? ''}
          onChange={set('times')}
        />
        <TextInput
          label="Path"
          placeholder="me/accounts, */feed, **"
          value={typed['path'] ?? ''}
          onChange={(event) => set('path')(event.currentTarget.value)}
        />
        <Select
          label="Method"
          placeholder="Any"
          data={['GET', 'POST', 'DELETE']}
          value={typed['method'] || null}
          onChange={set('method')}
          clearable
        />
        <WorldSelect label="App" of="apps" placeholder="Any" value={typed['app'] || null} onChange={set('app')} />
        <WorldSelect
          label="Person"
          of="people"
          placeholder="Anybody"
          value={typed['person'] || null}
          onChange={set('person')}
        />
        <WorldSelect label="Page" of="pages" placeholder="Any" value={typed['page'] || null} onChange={set('page')} />
        <TextInput
          label="Header"
          placeholder="name, or name=value"
          value={typed['header'] ?? ''}
          onChange={(event) => set('header')(event.currentTarget.value)}
        />
        <NumberField
          label="Share"
          description="A random share, from 0 to 1"
          min={0}
          max={1}
          step={0.1}
          value={typed['share'] ?? ''}
          onChange={set('share')}
        />
        {kind !== 'token' && (
          <TextInput
            label="Starting after"
            description="By the world’s clock, such as 90m"
            value={typed['after'] ?? ''}
            onChange={(event) => set('after')(event.currentTarget.value)}
          />
        )}
      </div>
    </fieldset>
  );
}
