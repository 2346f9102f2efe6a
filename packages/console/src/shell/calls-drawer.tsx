// The drawer at the bottom lists the Graph calls that this page made, each as a command to copy.
import {
  Badge,
  Button,
  Code,
  CopyButton,
  Drawer,
  Group,
  ScrollArea,
  Stack,
  Table,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Activity, ChevronUp } from 'lucide-react';
import { clearCalls, type GraphCall, useCalls } from '../graph/calls.ts';
import { asCurl } from '../graph/curl.ts';
import { useStart } from '../graph/start.ts';
import { Empty } from '../parts/empty.tsx';

export function CallsDrawer() {
  const [open, { open: show, close }] = useDisclosure();
  const calls = useCalls();
  const failed = calls.filter(({ status }) => status >= 400).length;
  return (
    <>
      <UnstyledButton className="calls-bar" onClick={show} aria-haspopup="dialog">
        <Group gap="xs" px="md" h="100%" wrap="nowrap">
          <Activity size={16} aria-hidden />
          <Text size="sm">Graph calls</Text>
          <Badge variant="light" color="note" size="sm">
            {calls.length}
          </Badge>
          {failed > 0 && (
            <Badge variant="light" color="danger" size="sm">
              {failed} refused
            </Badge>
          )}
          <ChevronUp size={16} aria-hidden className="at-end" />
        </Group>
      </UnstyledButton>
      <Drawer
        opened={open}
        onClose={close}
        position="bottom"
        size="45%"
        title="Graph calls of this page"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {calls.length === 0 ? (
          <Empty icon={Activity} title="No calls yet">
            Whatever this page asks the Graph appears here, ready to copy. No token is kept.
          </Empty>
        ) : (
          <Stack gap="xs">
            <Group justify="flex-end">
              <Button variant="subtle" size="compact-sm" onClick={clearCalls}>
                Clear
              </Button>
            </Group>
            <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Calls' }}>
              <Table verticalSpacing={4} miw={620}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Call</Table.Th>
                    <Table.Th>Answer</Table.Th>
                    <Table.Th>Time</Table.Th>
                    <Table.Th>
                      <VisuallyHidden>Copy</VisuallyHidden>
                    </Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {calls.map((one) => (
                    <Row key={one.id} call={one} />
                  ))}
                </Table.Tbody>
              </Table>
            </ScrollArea>
          </Stack>
        )}
      </Drawer>
    </>
  );
}

function Row({ call }: { call: GraphCall }) {
  const { data: start } = useStart();
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" className="mono breaks">
          <b>{call.method}</b> {call.path}
        </Text>
        {call.message !== undefined && (
          <Text size="xs" c="danger" className="breaks">
            {call.message}
          </Text>
        )}
        {call.traceId !== undefined && <Code fz="xs">{call.traceId}</Code>}
      </Table.Td>
      <Table.Td>
        <Badge color={call.status >= 400 ? 'danger' : 'brand'} variant="light">
          {call.status}
        </Badge>
      </Table.Td>
      <Table.Td className="nowrap">{Math.round(call.ms)} ms</Table.Td>
      <Table.Td>
        <CopyButton value={asCurl({ ...call, graph: start?.graph ?? location.origin })}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-sm" onClick={copy}>
              {copied ? 'Copied' : 'Copy as curl'}
            </Button>
          )}
        </CopyButton>
      </Table.Td>
    </Table.Tr>
  );
}
