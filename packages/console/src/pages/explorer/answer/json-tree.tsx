// This tree shows an answer: ids and paging links can be followed, tokens are masked. Long lists are shown in parts.
import { ActionIcon, Button, Group, Text, UnstyledButton } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Secret } from '../../../parts/copy.tsx';

interface TreeProps {
  value: unknown;
  onPath(path: string): void;
  /** Offers to use a token that stands in the answer. */
  onToken(token: string): void;
}

const PART = 100;
const secretNames = new Set([
  'access_token',
  'app_secret',
  'client_secret',
  'client_token',
  'long_lived_token',
  'id_token',
]);
const idForm = /^(act_)?\d{5,30}(_\d{1,30})?$/;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function JsonTree({ value, ...rest }: TreeProps) {
  return (
    <div className="tree mono" role="group" aria-label="Answer as a tree">
      <Branch value={value} {...rest} />
    </div>
  );
}

/** One value, with its name where it has one. */
function Branch({ name, value, ...rest }: TreeProps & { name?: string }) {
  if (Array.isArray(value))
    return <Folded name={name} entries={value.map((one: unknown, index) => [String(index), one])} list {...rest} />;
  if (isRecord(value)) return <Folded name={name} entries={Object.entries(value)} {...rest} />;
  return (
    <div className="tree-line">
      {name !== undefined && <span className="tree-name">{name}: </span>}
      <Leaf name={name} value={value} {...rest} />
    </div>
  );
}

function Folded({
  name,
  entries,
  list = false,
  ...rest
}: Omit<TreeProps, 'value'> & { name?: string; entries: readonly (readonly [string, unknown])[]; list?: boolean }) {
  const [open, setOpen] = useState(true);
  const [shown, setShown] = useState(PART);
  const size = list ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <div>
      <Group gap={2} wrap="nowrap" className="tree-line">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          aria-label={`${name ?? 'answer'}, ${entries.length} entries`}
        >
          {open ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
        </ActionIcon>
        {name !== undefined && <span className="tree-name">{name}</span>}
        <Text span size="xs" c="dimmed">
          {size}
        </Text>
      </Group>
      {open && (
        <div className="tree-inside">
          {entries.slice(0, shown).map(([key, one]) => (
            <Branch key={key} name={key} value={one} {...rest} />
          ))}
          {entries.length > shown && (
            <Button variant="subtle" size="compact-xs" onClick={() => setShown(shown + PART)}>
              {entries.length - shown} more
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Leaf({ name, value, onPath, onToken }: TreeProps & { name?: string | undefined }) {
  if (typeof value !== 'string') return <span className="tree-plain">{String(value)}</span>;
  if (name !== undefined && secretNames.has(name))
    return (
      <Group component="span" gap="xs" display="inline-flex">
        <Secret value={value} what={name} />
        {name === 'access_token' && (
          <Button variant="light" size="compact-xs" onClick={() => onToken(value)}>
            Use this token
          </Button>
        )}
      </Group>
    );
  if (idForm.test(value) && name !== undefined && /(^|_)id$|^\d+$/.test(name))
    return (
      <UnstyledButton className="tree-link" onClick={() => onPath(value)} title={`Call ${value}`}>
        "{value}"
      </UnstyledButton>
    );
  if (name === 'next' || name === 'previous')
    return (
      <UnstyledButton className="tree-link breaks" onClick={() => onPath(value)}>
        {name === 'next' ? 'Next page' : 'Previous page'}
      </UnstyledButton>
    );
  return <bdi className="tree-text">"{value}"</bdi>;
}
