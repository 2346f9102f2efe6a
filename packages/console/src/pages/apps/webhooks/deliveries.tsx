// The delivery log: every call to the server of the app in the last four weeks, with what came back, and the way to send it
// again.
import { Badge, Button, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCw, Webhook } from 'lucide-react';
import { useMemo, useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { toastDone, toastFailure } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { RecordFilters } from '../../../parts/records/record-filters.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { type App, seconds } from '../app.ts';
import { callKinds, type CallKind, faultInWords } from './call-kinds.ts';

interface Delivery {
  id: string;
  kind: CallKind;
  state: 'waiting' | 'sent' | 'failed';
  attempts: number;
  last_status?: number;
  last_error?: string;
  last_ms?: number;
  last_time?: string;
  created_time: string;
  next_time?: string;
}

const looks = {
  waiting: { label: 'Waiting', colour: 'warn' },
  sent: { label: 'Delivered', colour: 'brand' },
  failed: { label: 'Failed', colour: 'danger' },
} as const;

const key = (appId: string) => ['callback-deliveries', appId];
/** Milliseconds until a call that was sent again has most likely arrived. */
const ARRIVES_IN = 1500;

export function Deliveries({ app: { id: appId } }: { app: App }) {
  const client = useQueryClient();
  const [kind, setKind] = useState<string | null>(null);
  const [state, setState] = useState<string | null>(null);
  const records = useRecords<Delivery>({
    queryKey: key(appId),
    path: `/${appId}/callback_deliveries`,
    params: { ...(kind === null ? {} : { kind }), ...(state === null ? {} : { state }), summary: 'total_count' },
  });
  const again = useMutation({
    mutationFn: (id: string) => call('POST', `/${appId}/callback_deliveries`, { delivery_id: id }),
    onSuccess: () => toastDone('It will be sent again.'),
    onError: (error) => toastFailure(error, 'It can’t be sent again'),
    onSettled: () => setTimeout(() => void client.invalidateQueries({ queryKey: key(appId) }), ARRIVES_IN),
  });
  const { mutate: replay } = again;
  const columns = useMemo(
    (): readonly RecordColumn<Delivery>[] => [
      {
        id: 'created',
        header: 'Made',
        value: ({ created_time: at }) => at,
        cell: ({ created_time: at }) => (
          <Text size="sm" title={dated(seconds(at))}>
            {about(seconds(at), serverNow())}
          </Text>
        ),
      },
      { id: 'kind', header: 'Call', value: (row) => callKinds[row.kind] },
      {
        id: 'state',
        header: 'State',
        value: (row) => looks[row.state].label,
        cell: (row) => (
          <Badge variant="light" color={looks[row.state].colour} miw="max-content">
            {looks[row.state].label}
          </Badge>
        ),
      },
      { id: 'attempts', header: 'Tries', value: ({ attempts }) => attempts },
      {
        id: 'last',
        header: 'Last answer',
        value: ({ last_error: fault, last_status: status }) => faultInWords(fault, status),
        cell: ({ last_error: fault, last_status: status, last_ms: ms, next_time: next }) => (
          <Stack gap={0}>
            <Text size="sm" className="breaks">
              {faultInWords(fault, status)}
              {ms === undefined ? '' : ` (${ms} ms)`}
            </Text>
            {next !== undefined && (
              <Text size="xs" c="dimmed">
                tried again {about(seconds(next), serverNow())}
              </Text>
            )}
          </Stack>
        ),
      },
      {
        id: 'acts',
        header: 'Actions',
        sorts: false,
        value: () => '',
        cell: ({ id, kind: one, state: now }) =>
          now === 'sent' && one === 'data_deletion' ? null : (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<RotateCw size={14} />}
              onClick={() => replay(id)}
              aria-label={`${now === 'waiting' ? 'Try now' : 'Send again'}: ${callKinds[one]}, ${id}`}
            >
              {now === 'waiting' ? 'Try now' : 'Send again'}
            </Button>
          ),
      },
    ],
    [replay],
  );
  return (
    <Card title="Delivery log" actions={<ReplayFailed appId={appId} />}>
      <RecordFilters
        records={records}
        filters={[
          {
            label: 'Kind of call',
            placeholder: 'All kinds',
            options: Object.entries(callKinds).map(([value, label]) => ({ value, label })),
            value: kind,
            onChange: setKind,
          },
          {
            label: 'State',
            placeholder: 'All states',
            options: Object.entries(looks).map(([value, { label }]) => ({ value, label })),
            value: state,
            onChange: setState,
          },
        ]}
      />
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ id }) => id}
        label="Deliveries"
        empty={
          <Empty icon={Webhook} title={kind === null && state === null ? 'No calls yet' : 'No such calls'}>
            Calls appear here when people leave the app, ask for their data to be deleted, or change what you subscribe
            to.
          </Empty>
        }
      />
    </Card>
  );
}

function ReplayFailed({ appId }: { appId: string }) {
  const client = useQueryClient();
  const { data: failed = 0 } = useQuery({
    queryKey: [...key(appId), 'failed'],
    queryFn: () =>
      call<{ summary?: { total_count?: number } }>('GET', `/${appId}/callback_deliveries`, {
        state: 'failed',
        limit: 1,
        summary: 'total_count',
      }),
    select: ({ summary }) => summary?.total_count ?? 0,
  });
  if (failed === 0) return null;
  const replay = async () => {
    await confirmAct({
      title: 'Resend all failed calls?',
      children: `${failed.toLocaleString('en')} ${failed === 1 ? 'call is' : 'calls are'} sent once more, in the order in which they were made. Your server may have seen some of them.`,
      reach: [`Sends ${failed.toLocaleString('en')} ${failed === 1 ? 'call' : 'calls'} to your server; nothing ends.`],
      confirm: 'Resend them',
      act: () => call('POST', `/${appId}/callback_deliveries`, { state: 'failed' }),
      done: 'They will be sent again.',
    });
    setTimeout(() => void client.invalidateQueries({ queryKey: key(appId) }), ARRIVES_IN);
  };
  return (
    <Button variant="default" size="compact-sm" leftSection={<RotateCw size={14} />} onClick={() => void replay()}>
      Send {failed.toLocaleString('en')} failed again
    </Button>
  );
}
