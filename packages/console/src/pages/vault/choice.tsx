// Lists of connections in which some can be chosen: the column of names with its boxes, and the bar that says what is to
// be done with the chosen ones.
import { Anchor, Button, Checkbox, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type TokenKindName, tokenKinds } from '@hallpass/vault/client';
import type { RecordColumn } from '../../parts/records/record-table.tsx';
import { addressOfConnection } from '../../vault/places.ts';
import { useRight } from '../../vault/session.ts';
import { AskButton } from './ask-again/ask-button.tsx';

export interface Choice {
  chosen: ReadonlySet<string>;
  choose(next: ReadonlySet<string>): void;
}

interface NamedConnection {
  id: string;
  name: string;
  kind?: TokenKindName | undefined;
}

/** Connections that are asked at a time, as the vault takes them. */
const MOST = 1000;

/** @param choice absent where nothing can be done with chosen ones */
export const nameColumn = <T extends NamedConnection>(choice: Choice | undefined): RecordColumn<T> => ({
  id: 'name',
  header: 'Name',
  width: '32%',
  value: ({ name }) => name,
  cell: ({ id, name, kind }) => (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      {choice && (
        <Checkbox
          aria-label={`Choose ${name}`}
          mt={4}
          checked={choice.chosen.has(id)}
          disabled={!choice.chosen.has(id) && choice.chosen.size >= MOST}
          onChange={(event) => {
            const next = new Set(choice.chosen);
            if (event.currentTarget.checked) next.add(id);
            else next.delete(id);
            choice.choose(next);
          }}
        />
      )}
      <span className="row-title">
        <Anchor component={Link} to={addressOfConnection(id)} size="sm">
          <bdi>{name}</bdi>
        </Anchor>
        <Text span size="xs" c="dimmed">
          {kind === undefined ? 'kind not known yet' : tokenKinds[kind].label}
        </Text>
      </span>
    </Group>
  ),
});

/** @param shown ids of the rows that are read */
export function ChoiceBar({ choice: { chosen, choose }, shown }: { choice: Choice; shown: readonly string[] }) {
  const mayConnect = useRight('connect');
  if (!mayConnect) return null;
  const all = shown.slice(0, MOST);
  const isAll = all.length > 0 && all.every((id) => chosen.has(id));
  return (
    <Group gap="xs" mb="xs" role="group" aria-label="Chosen connections">
      <Button
        variant="default"
        size="compact-sm"
        disabled={all.length === 0}
        onClick={() => choose(new Set(isAll ? [] : all))}
      >
        {isAll ? 'Choose none' : `Choose all ${all.length.toLocaleString('en')}`}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {chosen.size.toLocaleString('en')} chosen
      </Text>
      <AskButton ids={[...chosen]} words="Ask these again" onAsked={() => choose(new Set())} compact />
    </Group>
  );
}
