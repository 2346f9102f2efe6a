// Assign assets: all Pages or ad accounts of a business with what one person or system user may do on each, as a matrix.
import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Megaphone, Newspaper } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Card } from '../../../parts/card.tsx';
import { confirmAct } from '../../../parts/confirm.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import type { Fields } from '../../../parts/form/fields.ts';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { RecordTable } from '../../../parts/records/record-table.tsx';
import { recordsOf } from '../../../parts/records/records.ts';
import type { Named } from '../business.ts';
import { type AssetKind, type Assignee, assetsOf, assign, takenAway, tasksOn } from './assignee.ts';
import { taskColumns } from './task-columns.tsx';

const kinds = [
  { value: 'pages', label: 'Pages' },
  { value: 'ad_accounts', label: 'Ad accounts' },
];

/** So many of the things that are taken away are looked at for what ends with them. */
const MOST_LOOKED_AT = 20;

interface AssignAssetsProps {
  businessId: string;
  assignee: Assignee;
  /** True where the viewer may change it. */
  manages: boolean;
}

export function AssignAssets(props: AssignAssetsProps) {
  const { businessId, assignee } = props;
  const [kind, setKind] = useState<AssetKind>('pages');
  const {
    data: assets,
    error,
    refetch,
  } = useQuery({
    queryKey: ['assets', businessId, kind],
    queryFn: () => assetsOf(businessId, kind),
  });
  return (
    <Card
      title="Assign assets"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Kind of asset"
          data={kinds}
          value={kind}
          onChange={(value) => setKind(value === 'pages' ? 'pages' : 'ad_accounts')}
        />
      }
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Tick the tasks of <bdi>{assignee.name}</bdi>. With none ticked, there is no access through this business.
        </Text>
        {error && <FailureBox error={error} onRetry={() => void refetch()} />}
        {!assets && !error && <Skeleton h={160} aria-label="Assets of the business" />}
        {assets?.length === 0 && (
          <Empty
            icon={kind === 'pages' ? Newspaper : Megaphone}
            title={kind === 'pages' ? 'The business has no Pages yet' : 'The business has no ad accounts yet'}
          >
            Add one under {kind === 'pages' ? 'Pages' : 'Ad accounts'}, then assign it here.
          </Empty>
        )}
        {assets && assets.length > 0 && <Matrix key={kind} {...props} kind={kind} assets={assets} />}
      </Stack>
    </Card>
  );
}

type Values = Readonly<Record<string, readonly string[]>>;

function Matrix({
  businessId,
  assignee,
  manages,
  kind,
  assets,
}: AssignAssetsProps & { kind: AssetKind; assets: readonly Named[] }) {
  const client = useQueryClient();
  const nameOf = useMemo(() => Object.fromEntries(assets.map(({ id, name }) => [id, name])), [assets]);
  const form = useForm<Values>({
    queryKey: ['assigned', assignee.id, kind],
    read: () => tasksOn(assignee, kind, assets),
    write: async (changed, _values, read) => {
      const rows = Object.entries(changed).flatMap(([assetId, tasks]) => (tasks ? [{ assetId, tasks }] : []));
      const about = (assetId: string) => ({ businessId, kind, assetId, user: assignee.id });
      const act = async () => {
        for (const { assetId, tasks } of rows) await assign(about(assetId), tasks, read[assetId] ?? []);
      };
      const gone = rows.filter(({ tasks }) => tasks.length === 0);
      if (gone.length === 0) return act();
      return confirmAct({
        title: `Take ${gone.length === 1 ? (nameOf[gone[0]?.assetId ?? ''] ?? 'it') : `${gone.length} assets`} away?`,
        children: `${assignee.name} has no access to ${gone.length === 1 ? 'it' : 'them'} through this business.`,
        reach: async () => {
          const looked = gone.slice(0, MOST_LOOKED_AT);
          const lines = await Promise.all(
            looked.map(async ({ assetId }) =>
              (await takenAway(about(assetId))).map((line) => `${nameOf[assetId]}: ${line}`),
            ),
          );
          return lines.flat();
        },
        confirm: 'Save',
        act,
      });
    },
    labels: nameOf,
    saved: 'The assignments have been saved.',
    onSaved: () => void client.invalidateQueries({ queryKey: ['people-of-asset'] }),
  });
  return (
    <FormView form={form} label={`Assets of ${assignee.name}`}>
      {(fields) => <Rows fields={fields} kind={kind} assets={assets} manages={manages} />}
    </FormView>
  );
}

function Rows({
  fields,
  kind,
  assets,
  manages,
}: {
  fields: Fields<Values>;
  kind: AssetKind;
  assets: readonly Named[];
  manages: boolean;
}) {
  const records = useMemo(() => recordsOf(assets), [assets]);
  const columns = taskColumns<Named>({
    kind,
    header: kind === 'pages' ? 'Page' : 'Ad account',
    tasksOf: ({ id }) => fields.values[id] ?? [],
    change: manages ? ({ id }, tasks) => fields.set(id, tasks) : undefined,
  });
  return (
    <RecordTable
      records={records}
      columns={columns}
      rowId={({ id }) => id}
      label={kind === 'pages' ? 'Pages with tasks' : 'Ad accounts with tasks'}
      search={kind === 'pages' ? 'Find a Page' : 'Find an ad account'}
      empty={null}
    />
  );
}
