// The assets of one kind that a business has: its own, and those of others on which it works.
import { Badge, Button, Skeleton, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import type { Ending } from '../../../graph/would-end.ts';
import { confirmAct } from '../../../parts/confirm.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { type RecordColumn, RecordTable } from '../../../parts/records/record-table.tsx';
import { recordsOf } from '../../../parts/records/records.ts';
import type { Named } from '../business.ts';

export interface Asset extends Named {
  relation: 'owned' | 'client';
}

interface AssetListProps {
  /** Names the list in the memory of answers. */
  queryKey: readonly string[];
  read(): Promise<Asset[]>;
  /** Gives the address of the page of one of them; absent where it has none here. */
  page?: (asset: Asset) => string;
  /** The word for one of them in a sentence, e.g. `Page`. */
  one: string;
  label: string;
  search: string;
  empty: ReactNode;
  /** Gives one up, as `ending` makes it; absent where nothing may be changed, or it can't be given up. */
  giveUp?: ((asset: Asset) => Ending | undefined) | undefined;
}

export function AssetList({ queryKey, read, page, one, label, search, empty, giveUp }: AssetListProps) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: [...queryKey], queryFn: read });
  const records = useMemo(() => recordsOf(data ?? []), [data]);
  const columns: RecordColumn<Asset>[] = [
    {
      id: 'name',
      header: 'Name',
      value: ({ name, id }) => `${name} ${id}`,
      cell: (asset) => (
        <span className="row-title">
          {page ? (
            <Link to={page(asset)}>
              <bdi>{asset.name}</bdi>
            </Link>
          ) : (
            <Text span size="sm" fw={600}>
              <bdi>{asset.name}</bdi>
            </Text>
          )}
          <Text span size="xs" c="dimmed" className="mono">
            {asset.id}
          </Text>
        </span>
      ),
    },
    {
      id: 'relation',
      header: 'Belongs to',
      width: '11rem',
      value: ({ relation }) => relation,
      cell: ({ relation }) => (
        <Badge variant="light" color={relation === 'owned' ? 'brand' : 'note'}>
          {relation === 'owned' ? 'This business' : 'A client'}
        </Badge>
      ),
    },
    ...(giveUp
      ? [
          {
            id: 'acts',
            header: 'Actions',
            sorts: false as const,
            width: '8rem',
            value: () => '',
            cell: (asset: Asset) => {
              const act = giveUp(asset);
              return (
                act && (
                  <Button
                    variant="subtle"
                    color="danger"
                    size="compact-sm"
                    aria-label={`Give up ${asset.name}`}
                    onClick={() =>
                      void confirmAct({
                        title: `Give up ${asset.name}?`,
                        children: `The business loses the ${one}, and so does everyone to whom it assigned it.`,
                        ...act,
                        confirm: 'Give up',
                        done: `${asset.name} has been given up.`,
                      }).then((done) => (done ? client.invalidateQueries({ queryKey: [...queryKey] }) : undefined))
                    }
                  >
                    Give up
                  </Button>
                )
              );
            },
          },
        ]
      : []),
  ];
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={160} aria-label={`Loading: ${label}`} />;
  return (
    <RecordTable
      records={records}
      columns={columns}
      rowId={({ id }) => id}
      label={label}
      search={search}
      empty={empty}
    />
  );
}

/** Both lists of a kind as one, the business's own first. */
export async function bothLists(owned: Promise<Named[]>, client: Promise<Named[]>): Promise<Asset[]> {
  return [
    ...(await owned).map((one) => ({ ...one, relation: 'owned' as const })),
    ...(await client).map((one) => ({ ...one, relation: 'client' as const })),
  ];
}
