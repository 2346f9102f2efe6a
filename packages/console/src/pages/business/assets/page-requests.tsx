// Requests to work on a Page that nobody has answered: those that the business is asked, and those that it made.
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { useMemo, useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { call } from '../../../graph/door.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { toastDone, toastFailure } from '../../../parts/failure.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { type Named, secondsOf } from '../business.ts';
import { taskTitles } from './task-columns.tsx';

interface PageRequest {
  id: string;
  page: Named;
  /** The business that asks. */
  business: Named;
  permitted_tasks: readonly string[];
  created_time: string;
}

type Direction = 'received' | 'sent';

export function PageRequests({ businessId }: { businessId: string }) {
  const client = useQueryClient();
  const [direction, setDirection] = useState<Direction>('received');
  const requests = useRecords<PageRequest>({
    queryKey: ['page-requests', businessId],
    path: `/${businessId}/page_requests`,
    params: { direction },
  });
  const { mutate: answer } = useMutation({
    mutationFn: ({ id: request_id, decision }: { id: string; decision: 'accept' | 'decline' }) =>
      call('POST', `/${businessId}/page_requests`, { request_id, decision }),
    onSuccess: (_answer, { decision }) => {
      toastDone(decision === 'accept' ? 'The business can now work on the Page.' : 'The request has been declined.');
      void client.invalidateQueries({ queryKey: ['page-requests', businessId] });
    },
    onError: (error) => toastFailure(error, 'The request wasn’t answered'),
  });
  const columns = useMemo(() => {
    const withdraw = ({ id: request_id, page }: PageRequest) =>
      void confirmAct({
        title: 'Withdraw the request?',
        children: `The owner of ${page.name} won’t see it any more.`,
        ...ending('DELETE', `/${businessId}/page_requests`, { request_id }),
        confirm: 'Withdraw',
        cancel: 'Keep it',
        done: 'The request has been withdrawn.',
      }).then((done) => (done ? client.invalidateQueries({ queryKey: ['page-requests', businessId] }) : undefined));
    return columnsFor(direction, answer, withdraw);
  }, [answer, businessId, client, direction]);
  return (
    <Card
      title="Requests"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Which requests"
          data={[
            { value: 'received', label: 'Received' },
            { value: 'sent', label: 'Sent' },
          ]}
          value={direction}
          onChange={(value) => setDirection(value === 'sent' ? 'sent' : 'received')}
        />
      }
    >
      <RecordTable
        records={requests}
        columns={columns}
        rowId={({ id }) => id}
        label="Open requests"
        empty={
          <Empty icon={Inbox} title="No open requests">
            {direction === 'received'
              ? 'When another business asks to work on one of your Pages, you answer here.'
              : 'To request a client’s Page, use Add a Page.'}
          </Empty>
        }
      />
    </Card>
  );
}

const columnsFor = (
  direction: Direction,
  answer: (decided: { id: string; decision: 'accept' | 'decline' }) => void,
  withdraw: (request: PageRequest) => void,
): RecordColumn<PageRequest>[] => [
  {
    id: 'page',
    header: 'Page',
    value: ({ page }) => page.name,
    cell: ({ page, business }) => (
      <span className="row-title">
        <Text span size="sm" fw={600}>
          <bdi>{page.name}</bdi>
        </Text>
        {direction === 'received' && (
          <Text span size="xs" c="dimmed">
            Requested by <bdi>{business.name}</bdi>
          </Text>
        )}
      </span>
    ),
  },
  { id: 'tasks', header: 'Tasks', value: ({ permitted_tasks: tasks }) => taskTitles('pages', tasks) },
  {
    id: 'made',
    header: 'Asked',
    value: ({ created_time: at }) => at,
    cell: ({ created_time: at }) => <Moment at={secondsOf(at)} now={serverNow()} />,
  },
  {
    id: 'acts',
    header: 'Actions',
    sorts: false,
    width: '13rem',
    value: () => '',
    cell: (request) =>
      direction === 'sent' ? (
        <Button
          variant="subtle"
          color="danger"
          size="compact-sm"
          onClick={() => withdraw(request)}
          aria-label={`Withdraw the request for ${request.page.name}`}
        >
          Withdraw
        </Button>
      ) : (
        <Group gap={4} wrap="nowrap">
          <Button
            size="compact-sm"
            onClick={() => answer({ id: request.id, decision: 'accept' })}
            aria-label={`Accept ${request.business.name} on ${request.page.name}`}
          >
            Accept
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => answer({ id: request.id, decision: 'decline' })}
            aria-label={`Decline ${request.business.name} on ${request.page.name}`}
          >
            Decline
          </Button>
        </Group>
      ),
  },
];
