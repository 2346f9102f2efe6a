// One call to the server of an app, whole: what was sent and what came back.
import { Code, Drawer, Group, Stack, Table, Title } from '@mantine/core';
import { CopyIcon } from '../../../parts/copy.tsx';
import { dated } from '../../../parts/moment.tsx';
import type { Delivery } from './delivery.ts';

export function DeliveryDrawer({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const { id, time, method, url, to, headers = {}, body = '', status, answer, error, ms } = delivery;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Time', `${dated(Date.parse(time) / 1000)}, by the world’s clock`],
    ['Address of the app', url],
    ['Went to', to === url ? undefined : to],
    ['Answer', status === undefined ? `none: ${error ?? ''}` : `HTTP ${status} after ${ms} ms`],
  ];
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`Call ${id}`}>
      <Stack gap="lg">
        <Table className="facts" verticalSpacing={4}>
          <Table.Tbody>
            {rows.map(([label, value]) =>
              value === undefined ? null : (
                <Table.Tr key={label}>
                  <Table.Th scope="row">{label}</Table.Th>
                  <Table.Td className="breaks">{value}</Table.Td>
                </Table.Tr>
              ),
            )}
          </Table.Tbody>
        </Table>
        <Text
          title="What was sent"
          text={[
            `${method} ${to}`,
            ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
            '',
            body,
          ].join('\n')}
        />
        <Text title="What came back" text={answer ?? error ?? ''} />
      </Stack>
    </Drawer>
  );
}

function Text({ title, text }: { title: string; text: string }) {
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb={6}>
        <Title order={3} size="h5">
          {title}
        </Title>
        <CopyIcon value={text} what={title.toLowerCase()} />
      </Group>
      <Code block className="wraps">
        {text === '' ? '(empty)' : text}
      </Code>
    </section>
  );
}
