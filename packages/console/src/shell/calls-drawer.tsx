// The drawer at the bottom: the Graph calls that this page made, each as a command to copy and with the reason of its answer.
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
  VisuallyHidden,
} from '@mantine/core';
import { Activity } from 'lucide-react';
import { clearCalls, type GraphCall, tokenOfCall, useCalls } from '../graph/calls.ts';
import { asCurl } from '../graph/curl.ts';
import { useStart } from '../graph/start.ts';
import { Empty } from '../parts/empty.tsx';
import { openWindows } from '../parts/windows/open-window.ts';
import { WhyButton } from '../why/why-button.tsx';

export function CallsDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const calls = useCalls();
  const windowAbove = openWindows.use().length > 0;
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      closeOnEscape={!windowAbove}
      position="bottom"
      size="45%"
      title="Graph calls of this page"
    >
      {calls.length === 0 ? (
        <Empty icon={Activity} title="No calls yet">
          Whatever this page asks the Graph appears here, ready to copy and with the reason of its answer.
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
                    <VisuallyHidden>Copy, and why</VisuallyHidden>
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
        <Group gap={6} wrap="nowrap" justify="flex-end">
          <CopyButton value={asCurl({ ...call, graph: start?.graph ?? location.origin })}>
            {({ copied, copy }) => (
              <Button variant="default" size="compact-sm" onClick={copy}>
                {copied ? 'Copied' : 'Copy as curl'}
              </Button>
            )}
          </CopyButton>
          <WhyButton
            call={whyPath(call)}
            method={call.method}
            token={call.by === 'session' ? undefined : tokenOfCall(call.id)}
          />
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** Path and parameters of a call as the question why takes them. */
function whyPath({ path, params }: GraphCall): string {
  const more = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== '…')).toString();
  return more === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${more}`;
}
