// A tree shows what a connection hangs on, and what hangs on it, because people look for what falls with it.
import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ConnectionDetails, type RelatedConnection, tokenKinds } from '@hallpass/vault/client';
import { GitFork } from 'lucide-react';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { addressOfConnection } from '../../../vault/places.ts';
import { StateBadge } from '../states.tsx';

export function Relations({ connection }: { connection: ConnectionDetails }) {
  const { name, state, kind, id, parent, dependentConnections: children, dependents } = connection;
  const alone = parent === undefined && children.length === 0;
  return (
    <Card title="Related connections">
      {alone ? (
        <Empty icon={GitFork} title="Nothing depends on it">
          Connections whose tokens are obtained with this one, such as the Pages of a person, appear here.
        </Empty>
      ) : (
        <>
          <ul className="relations">
            {parent && (
              <li>
                <Related one={parent} />
                <ul>
                  <Here one={{ id, name, state, kind }} others={children} />
                </ul>
              </li>
            )}
            {!parent && <Here one={{ id, name, state, kind }} others={children} />}
          </ul>
          {dependents > children.length && (
            <Text size="xs" c="dimmed" mt="xs">
              The first {children.length} of {dependents.toLocaleString('en')}.
            </Text>
          )}
        </>
      )}
    </Card>
  );
}

function Here({ one, others }: { one: RelatedConnection; others: readonly RelatedConnection[] }) {
  return (
    <li aria-current="true">
      <Group gap="xs" className="relation here">
        <Text span size="sm" fw={600} className="breaks">
          <bdi>{one.name}</bdi>
        </Text>
        <StateBadge state={one.state} />
      </Group>
      {others.length > 0 && (
        <ul>
          {others.map((other) => (
            <li key={other.id}>
              <Related one={other} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Related({ one: { id, name, kind, state } }: { one: RelatedConnection }) {
  return (
    <Group gap="xs" className="relation">
      <Anchor component={Link} to={addressOfConnection(id)} size="sm" className="breaks">
        <bdi>{name}</bdi>
      </Anchor>
      {kind !== undefined && (
        <Text span size="xs" c="dimmed">
          {tokenKinds[kind].label}
        </Text>
      )}
      <StateBadge state={state} />
    </Group>
  );
}
