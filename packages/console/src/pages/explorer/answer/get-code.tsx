// Get Code writes the call in the languages and SDKs that people use.
import { Button, Code, CopyButton, Group, ScrollArea, Tabs, Text } from '@mantine/core';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { samples } from './code-samples.ts';
import type { SentCall } from '../state.ts';

export function openCode(call: SentCall, graph: string): void {
  const all = samples(call, graph);
  openWindow({
    title: 'Get Code',
    size: 'xl',
    children: (
      <>
        <Text size="sm" c="dimmed" mb="sm">
          The token isn’t part of the code: it’s read from <Code>TOKEN</Code>, or from where the SDK keeps it.
        </Text>
        <Tabs defaultValue={all[0]?.label ?? null} keepMounted={false}>
          <Tabs.List>
            {all.map(({ label }) => (
              <Tabs.Tab key={label} value={label}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {all.map(({ label, code }) => (
            <Tabs.Panel key={label} value={label} pt="sm">
              <ScrollArea.Autosize mah={420} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': label }}>
                <Code block>{code}</Code>
              </ScrollArea.Autosize>
              <Group justify="flex-end" mt="sm">
                <CopyButton value={code}>
                  {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
                </CopyButton>
              </Group>
            </Tabs.Panel>
          ))}
        </Tabs>
      </>
    ),
  });
}
