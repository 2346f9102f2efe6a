// The drawer at the bottom: the Graph calls that this page made, each as a command to copy and with the reason of its answer.
import { Badge, Button, Code, CopyButton, Drawer, Group, Stack, Text } from '@mantine/core';
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
          The Graph calls this page makes appear here, ready to copy and with the reason for each answer.
        </Empty>
      ) : (
        <Stack gap="xs">
          <Group justify="flex-end">
            <Button variant="subtle" size="compact-sm" onClick={clearCalls}>
              Clear
            </Button>
          </Group>
          <Stack component="ul" gap={0} className="plain-list" aria-label="Calls">
            {calls.map((one) => (
              <Row key={one.id} call={one} />
            ))}
          </Stack>
        </Stack>
      )}
    </Drawer>
  );
}

function Row({ call }: { call: GraphCall }) {
  const { data: start } = useStart();
  const { method, path, message, traceId, status, ms } = call;
  return (
    <Group component="li" gap="xs" className="call-row">
      <div className="call-path">
        <Text size="sm" className="mono breaks">
          <b>{method}</b> {path}
        </Text>
        {message !== undefined && (
          <Text size="xs" c="danger" className="breaks" dir="auto">
            {message}
          </Text>
        )}
        {traceId !== undefined && <Code fz="xs">{traceId}</Code>}
      </div>
      <Badge color={status >= 400 ? 'danger' : 'brand'} variant="light">
        {status}
      </Badge>
      <Text size="sm" c="dimmed" className="nowrap" w={64} ta="end">
        {Math.round(ms)} ms
      </Text>
      <Group gap={6} wrap="nowrap">
        <CopyButton value={asCurl({ ...call, graph: start?.graph ?? location.origin })}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-sm" onClick={copy}>
              {copied ? 'Copied' : 'Copy as curl'}
            </Button>
          )}
        </CopyButton>
        <WhyButton
          call={whyPath(call)}
          method={method}
          token={call.by === 'session' ? undefined : tokenOfCall(call.id)}
        />
      </Group>
    </Group>
  );
}

/** Path and parameters of a call as the question why takes them. */
function whyPath({ path, params }: GraphCall): string {
  const more = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== '…')).toString();
  return more === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${more}`;
}
