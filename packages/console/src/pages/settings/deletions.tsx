// Data deletion: what a person asked apps to delete, and what became of each request.
import { Anchor, Badge, Group, Text } from '@mantine/core';
import { Eraser } from 'lucide-react';
import { serverNow } from '../../graph/clock.ts';
import { Card } from '../../parts/card.tsx';
import { CopyIcon } from '../../parts/copy.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Moment } from '../../parts/moment.tsx';
import { type RecordColumn, RecordTable } from '../../parts/records/record-table.tsx';
import { useRecords } from '../../parts/records/use-records.ts';
import { secondsOf } from './apps/connected-app.ts';
import { SettingsFrame } from './frame.tsx';
import { RowTitle } from '../../parts/records/row-title.tsx';

interface Deletion {
  app: { id: string; name: string };
  requested_time: string;
  state: 'asked' | 'confirmed' | 'failed';
  /** The page of the app that tells how far it is. */
  url?: string;
  code?: string;
  instructions?: string;
  contact?: string;
}

const states = {
  asked: { label: 'Asked', color: 'note' },
  confirmed: { label: 'Confirmed', color: 'brand' },
  failed: { label: 'Not reached', color: 'warn' },
} as const;

const columns: RecordColumn<Deletion>[] = [
  {
    id: 'app',
    header: 'App',
    value: ({ app }) => app.name,
    cell: ({ app }) => <RowTitle name={app.name} id={app.id} />,
  },
  {
    id: 'asked',
    header: 'Asked',
    value: ({ requested_time: at }) => at,
    cell: ({ requested_time: at }) => <Moment at={secondsOf(at)} now={serverNow()} />,
  },
  {
    id: 'state',
    header: 'State',
    width: '8rem',
    value: ({ state }) => state,
    cell: ({ state }) => (
      <Badge variant="light" color={states[state].color}>
        {states[state].label}
      </Badge>
    ),
  },
  { id: 'next', header: 'Next step', value: ({ code = '' }) => code, cell: (one) => <Next {...one} /> },
];

/** Only addresses of the web are links: what an app answers is its own text. */
const webAddress = (text: string | undefined): string | undefined =>
  text !== undefined && /^https?:\/\//i.test(text) ? text : undefined;

function Next({ state, url, code, instructions, contact, app }: Deletion) {
  if (state === 'asked')
    return (
      <Text size="sm">
        <bdi>{app.name}</bdi> was asked and hasn’t answered yet. We keep trying for a day.
      </Text>
    );
  if (state === 'confirmed')
    return (
      <div>
        <Text size="sm">
          The app is deleting your data.{' '}
          {webAddress(url) !== undefined && (
            <Anchor href={webAddress(url)} target="_blank" rel="noopener noreferrer nofollow" inherit>
              Check its progress
            </Anchor>
          )}
        </Text>
        {code !== undefined && (
          <Group gap={2} wrap="nowrap">
            <Text size="xs" c="dimmed" className="mono breaks">
              Confirmation code {code}
            </Text>
            <CopyIcon value={code} what="confirmation code" />
          </Group>
        )}
      </div>
    );
  return (
    <Text size="sm" className="breaks">
      The app couldn’t be reached.{' '}
      {webAddress(instructions) !== undefined && (
        <>
          <Anchor href={webAddress(instructions)} target="_blank" rel="noopener noreferrer nofollow" inherit>
            Its instructions
          </Anchor>{' '}
          tell how to ask it.{' '}
        </>
      )}
      {contact !== undefined && <>Write to {contact}.</>}
      {instructions === undefined && contact === undefined && 'Its developers have given no contact address.'}
    </Text>
  );
}

export function DeletionsPage() {
  const deletions = useRecords<Deletion>({ queryKey: ['my-deletions'], path: '/me/data_deletions' });
  return (
    <SettingsFrame
      current="/console/settings/deletions"
      title="Data deletion"
      lead="The data you asked apps to delete when you removed them. An app confirms with a code and a page where you can check."
      icon={Eraser}
    >
      <Card>
        <RecordTable
          records={deletions}
          columns={columns}
          rowId={({ app, requested_time: at }) => `${app.id} ${at}`}
          label="Requests to delete data"
          empty={
            <Empty icon={Eraser} title="No requests yet">
              Remove an app under Apps and websites, and tick the box to ask it to delete your data.
            </Empty>
          }
        />
      </Card>
    </SettingsFrame>
  );
}
