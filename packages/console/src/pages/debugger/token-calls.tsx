// This panel lists the calls that the token can make now, and for every call that it can't the reason.
import { Box, Button, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { Check, X } from 'lucide-react';
import { Card } from '../../parts/card.tsx';
import { openWindow } from '../../parts/windows/open-window.ts';
import { WhyPanel } from '../../why/why-panel.tsx';
import type { Inspection } from './inspection.ts';

export function TokenCalls({ calls, token }: { calls: Inspection['calls']; token: string }) {
  const sorted = [...calls].sort((a, b) => Number(b.allowed) - Number(a.allowed));
  return (
    <Card title="What it can call now">
      <Stack component="ul" gap="sm" className="plain-list">
        {sorted.map(({ call, doc, allowed, needs }) => (
          <Box component="li" key={call}>
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <ThemeIcon
                size={22}
                radius="xl"
                variant="light"
                color={allowed ? 'brand' : 'danger'}
                role="img"
                aria-label={allowed ? 'Allowed' : 'Refused'}
              >
                {allowed ? <Check size={14} /> : <X size={14} />}
              </ThemeIcon>
              <Stack gap={0} miw={0} flex={1}>
                <Text span className="mono breaks" size="sm">
                  {call}
                </Text>
                <Text size="xs" c="dimmed" className="breaks">
                  {allowed ? doc : `Needs ${needs}.`}
                </Text>
              </Stack>
              <Button
                variant="default"
                size="compact-sm"
                flex="none"
                aria-label={`Why ${call}`}
                onClick={() =>
                  openWindow({
                    title: `Why ${call}`,
                    size: 'lg',
                    children: <WhyPanel call={call} token={token} />,
                  })
                }
              >
                Why?
              </Button>
            </Group>
          </Box>
        ))}
      </Stack>
    </Card>
  );
}
