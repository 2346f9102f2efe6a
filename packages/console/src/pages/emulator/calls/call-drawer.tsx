// One call of the live log: its facts, the entry of the catalogue for its error, the command to make it again, and why it
// was answered as it was.
import { Button, Code, CopyButton, Drawer, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import type { Explanation } from '@hallpass/protocol';
import { useQuery } from '@tanstack/react-query';
import { asCurl } from '../../../graph/curl.ts';
import { useStart } from '../../../graph/start.ts';
import { FailureBody, FailureBox } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { WhyBody } from '../../../why/why-panel.tsx';
import { chosenWorld, order } from '../control/order.ts';
import type { LoggedCall } from './logged-call.ts';

export function CallDrawer({ call, onClose }: { call: LoggedCall; onClose: () => void }) {
  const { data: start } = useStart();
  const { method, path, params, error, fbtrace_id: trace } = call;
  const curl = asCurl({ method: methodOf(method), path, params, graph: start?.graph ?? location.origin });
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`${method} ${path.split('?', 1)[0] ?? ''}`}>
      <Stack gap="lg">
        <Facts call={call} />
        {error && (
          <section aria-label="The error">
            <FailureBody error={{ type: '', ...error, ...(trace === undefined ? {} : { fbtrace_id: trace }) }} />
          </section>
        )}
        <section aria-label="As a command">
          <Group justify="space-between" mb={6}>
            <Title order={3} size="h5">
              As a command
            </Title>
            <CopyButton value={curl}>
              {({ copied, copy }) => (
                <Button variant="default" size="compact-sm" onClick={copy}>
                  {copied ? 'Copied' : 'Copy as curl'}
                </Button>
              )}
            </CopyButton>
          </Group>
          <Code block className="wraps">
            {curl}
          </Code>
        </section>
        <section aria-label="Why">
          <Title order={3} size="h5" mb={6}>
            Why
          </Title>
          <Why call={call} />
        </section>
      </Stack>
    </Drawer>
  );
}

const methodOf = (method: string): 'GET' | 'POST' | 'DELETE' =>
  method === 'POST' || method === 'DELETE' ? method : 'GET';

function Facts({ call }: { call: LoggedCall }) {
  const { time, version, status, ms, app, person, page, token, fault, fbtrace_id: trace } = call;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Time', `${dated(Date.parse(time) / 1000)}, by the world’s clock`],
    ['Answer', `HTTP ${status} after ${ms} ms`],
    ['Version', version],
    ['Token', token === undefined ? 'none, or none that can be read' : `${token} token`],
    ['App', app && `${app.name} ${app.id}`.trim()],
    ['Person', person && `${person.name} ${person.id}`.trim()],
    ['Page', page],
    ['fbtrace_id', trace],
    ['Fault', fault && `${fault}: this answer was ordered`],
  ];
  return (
    <Table className="facts" verticalSpacing={4}>
      <Table.Tbody>
        {rows.map(([label, value]) =>
          value === undefined || value === '' ? null : (
            <Table.Tr key={label}>
              <Table.Th scope="row">{label}</Table.Th>
              <Table.Td className="breaks">
                <bdi>{value}</bdi>
              </Table.Td>
            </Table.Tr>
          ),
        )}
      </Table.Tbody>
    </Table>
  );
}

function Why({ call: { id } }: { call: LoggedCall }) {
  const { data, error } = useQuery({
    queryKey: ['emulator-why', chosenWorld.get(), id],
    queryFn: () => order<Explanation | { message: string }>('POST', 'calls', { why: id }),
    gcTime: 0,
  });
  if (error) return <FailureBox error={error} />;
  if (!data) return <Skeleton h={120} aria-label="Looking for the cause" />;
  if (!('checks' in data))
    return (
      <Text size="sm" className="breaks">
        This call isn’t explained: {data.message}
      </Text>
    );
  return <WhyBody why={data} />;
}
