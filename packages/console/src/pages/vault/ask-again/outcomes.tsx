// This list tells what became of each connection whose person was to be asked, grouped by outcome.
import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import type { AskedConnection } from '@hallpass/vault/client';
import { CopyIcon } from '../../../parts/copy.tsx';
import { addressOfConnection } from '../../../vault/places.ts';

type Outcome = AskedConnection['outcome'];

const looks: Readonly<Record<Outcome, { title: string; words: string; colour: string }>> = {
  mailed: { title: 'Mailed', words: 'The mail goes out in a moment, or after quiet hours.', colour: 'brand' },
  nobody: {
    title: 'Nobody to mail',
    words: 'There is no owner and no team that takes mails: send them the link.',
    colour: 'warn',
  },
  no_mail_server: {
    title: 'No mail server',
    words: 'This vault can’t send mails: send them the link.',
    colour: 'warn',
  },
  no_link: { title: 'No link', words: 'Set the public address of the vault.', colour: 'warn' },
  no_help: { title: 'Asking doesn’t help', words: 'Connecting again wouldn’t fix these.', colour: 'danger' },
  asked_today: { title: 'Asked today already', words: 'They can be asked again tomorrow.', colour: 'note' },
  not_needed: { title: 'Not needed', words: 'These work, and no person is needed soon.', colour: 'note' },
  unknown: { title: 'Gone', words: 'They were removed meanwhile.', colour: 'note' },
};

const order: readonly Outcome[] = [
  'mailed',
  'nobody',
  'no_mail_server',
  'no_link',
  'no_help',
  'asked_today',
  'not_needed',
  'unknown',
];

export function Outcomes({ connections }: { connections: readonly AskedConnection[] }) {
  const groups = Map.groupBy(connections, ({ outcome }) => outcome);
  return (
    <Stack gap="md" aria-live="polite">
      {order.map((outcome) => {
        const group = groups.get(outcome);
        return group === undefined ? null : <OutcomeGroup key={outcome} outcome={outcome} connections={group} />;
      })}
    </Stack>
  );
}

/** Connections of a group that are named. */
const MOST = 50;

function OutcomeGroup({ outcome, connections }: { outcome: Outcome; connections: readonly AskedConnection[] }) {
  const { title, words, colour } = looks[outcome];
  return (
    <section>
      <Group gap="xs">
        <Title order={3} size="h5">
          {title}
        </Title>
        <Badge variant="light" color={colour}>
          {connections.length.toLocaleString('en')}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed">
        {words}
      </Text>
      <ul className="plain-list outcomes">
        {connections.slice(0, MOST).map((one) => (
          <li key={one.id}>
            <Asked connection={one} />
          </li>
        ))}
      </ul>
      {connections.length > MOST && (
        <Text size="xs" c="dimmed">
          and {(connections.length - MOST).toLocaleString('en')} more
        </Text>
      )}
    </section>
  );
}

function Asked({ connection: { id, name, to, link, words, outcome } }: { connection: AskedConnection }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Group gap="xs" miw={0}>
        <Anchor href={addressOfConnection(id)} size="sm" className="breaks">
          <bdi>{name === '' ? id : name}</bdi>
        </Anchor>
        {to !== undefined && (
          <Text span size="xs" c="dimmed" className="breaks">
            {to.join(', ')}
          </Text>
        )}
        {outcome === 'no_help' && words !== undefined && (
          <Text span size="xs" c="dimmed">
            {words}
          </Text>
        )}
      </Group>
      {link !== undefined && <CopyIcon value={link} what={`the link for ${name}`} />}
    </Group>
  );
}
