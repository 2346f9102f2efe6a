// This panel explains why a call is refused, empty or short: the rule that decides, and every cause that was looked at,
// each with its repair.
import { Badge, Group, List, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import type { CauseCheck, Explanation } from '@hallpass/protocol';
import { Check, CircleHelp, X } from 'lucide-react';
import { FailureBox } from '../parts/failure.tsx';
import { useWhy, type WhyCall } from './why-query.ts';

const outcomes: Readonly<Record<Explanation['outcome'], { words: string; color: string }>> = {
  allowed: { words: 'Works', color: 'brand' },
  refused: { words: 'Refused', color: 'danger' },
  empty: { words: 'Empty', color: 'warn' },
  incomplete: { words: 'Incomplete', color: 'warn' },
};

const marks = {
  cause: { icon: X, color: 'danger', words: 'Cause' },
  not_told: { icon: CircleHelp, color: 'warn', words: 'Perhaps' },
  fine: { icon: Check, color: 'brand', words: 'Fine' },
} as const;

/** Asks and shows. Give it a `key` of the call where it should start over. */
export function WhyPanel(props: WhyCall) {
  const { data, error, refetch } = useWhy(props);
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={120} aria-label="Looking for the cause" />;
  return <WhyBody why={data} />;
}

/** An explanation that is there already, e.g. one that was kept with a call. */
export function WhyBody({ why }: { why: Explanation }) {
  const { outcome, call, rule, decided_by: decided, graph_error: error, checks } = why;
  const { words, color } = outcomes[outcome];
  const order = ['cause', 'not_told', 'fine'] as const;
  const sorted = order.flatMap((state) => checks.filter((check) => check.state === state));
  return (
    <Stack gap="sm" className="why">
      <Group gap="xs">
        <Badge color={color} variant="light">
          {words}
        </Badge>
        <Text span className="mono breaks" size="sm">
          {call}
        </Text>
      </Group>
      {error && (
        <Text size="sm" className="breaks">
          {error.message}
        </Text>
      )}
      {decided !== undefined && (
        <Text size="sm">
          <Text span inherit c="dimmed">
            The rule that decided:{' '}
          </Text>
          {decided}
        </Text>
      )}
      <List listStyleType="none" spacing="sm" aria-label="Causes checked">
        {sorted.map((check) => (
          <CheckLine key={`${check.cause} ${check.message}`} check={check} />
        ))}
      </List>
      {rule !== undefined && rule !== decided && (
        <Text size="xs" c="dimmed" className="breaks">
          The whole rule: {rule}.
        </Text>
      )}
    </Stack>
  );
}

function CheckLine({ check: { state, message, repair } }: { check: CauseCheck }) {
  const { icon: Icon, color, words } = marks[state];
  return (
    <List.Item
      icon={
        <ThemeIcon size={22} radius="xl" color={color} variant="light" role="img" aria-label={words}>
          <Icon size={14} />
        </ThemeIcon>
      }
    >
      <Text size="sm" className="breaks" dir="auto">
        {message}
      </Text>
      {repair !== undefined && (
        <Text size="sm" c="dimmed" className="breaks">
          {repair}
        </Text>
      )}
    </List.Item>
  );
}
