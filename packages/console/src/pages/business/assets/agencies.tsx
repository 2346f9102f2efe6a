// The businesses that work on one Page or ad account for its owner, and letting another one in.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Handshake } from 'lucide-react';
import { useMemo } from 'react';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { endingColumn } from '../../../parts/records/ending-column.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { useRecords } from '../../../parts/records/use-records.ts';
import { openWindow } from '../../../parts/windows/open-window.ts';
import type { Named } from '../business.ts';
import type { AssetKind } from './assignee.ts';
import { taskTitles } from './task-columns.tsx';
import { RowTitle } from '../../../parts/records/row-title.tsx';

interface Agency extends Named {
  permitted_tasks: readonly string[];
}

interface AgenciesProps {
  kind: AssetKind;
  assetId: string;
  name: string;
}

/** Loads the form when it's wanted: most people look at the list alone. */
async function share({ kind, assetId, name }: AgenciesProps): Promise<void> {
  const { ShareAsset } = await import('./share-asset.tsx');
  const close = openWindow({
    title: `Share ${name}`,
    size: 'lg',
    children: <ShareAsset kind={kind} assetId={assetId} onClose={() => close()} />,
  });
}

export function Agencies({ kind, assetId, name }: AgenciesProps) {
  const client = useQueryClient();
  const [pageId, adAccountId] = [assetId, assetId];
  const records = useRecords<Agency>({
    queryKey: ['agencies-of-asset', assetId],
    path: kind === 'pages' ? `/${pageId}/agencies` : `/${adAccountId}/agencies`,
  });
  const columns = useMemo((): RecordColumn<Agency>[] => {
    const end = (agency: Agency) =>
      void confirmAct({
        title: `End the access of ${agency.name}?`,
        children: `The partner and everyone to whom it assigned ${name} lose access to it.`,
        ...(kind === 'pages'
          ? ending('DELETE', `/${pageId}/agencies`, { business: agency.id })
          : ending('DELETE', `/${adAccountId}/agencies`, { business: agency.id })),
        confirm: 'End access',
        done: `${agency.name} no longer has access.`,
      }).then((done) => (done ? client.invalidateQueries({ queryKey: ['agencies-of-asset', assetId] }) : undefined));
    return [
      {
        id: 'name',
        header: 'Partner',
        value: ({ name: partner, id }) => `${partner} ${id}`,
        cell: ({ name: partner, id }) => <RowTitle name={partner} id={id} />,
      },
      { id: 'tasks', header: 'May', value: ({ permitted_tasks: tasks }) => taskTitles(kind, tasks) },
      endingColumn({ word: 'End access', label: (agency) => `End access of ${agency.name}`, act: end, width: '9rem' }),
    ];
  }, [adAccountId, assetId, client, kind, name, pageId]);
  return (
    <Card
      title="Partners"
      actions={
        <Button variant="default" size="compact-sm" onClick={() => void share({ kind, assetId, name })}>
          Share with a partner
        </Button>
      }
    >
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ id }) => id}
        label="Partners with access"
        empty={
          <Empty icon={Handshake} title="No partner has access">
            A partner is another business, such as an agency. It assigns the tasks to its own people.
          </Empty>
        }
      />
    </Card>
  );
}
