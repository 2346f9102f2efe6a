// The businesses that work for a business, and those that it works for.
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Handshake } from 'lucide-react';
import { useMemo } from 'react';
import { ending } from '../../graph/would-end.ts';
import { Card } from '../../parts/card.tsx';
import { confirmAct } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { endingColumn } from '../../parts/records/ending-column.tsx';
import { type RecordColumn, RecordTable } from '../../parts/records/record-table.tsx';
import { useRecords } from '../../parts/records/use-records.ts';
import { type Named, useManages } from './business.ts';
import { BusinessFrame } from './frame.tsx';
import { RowTitle } from '../../parts/records/row-title.tsx';

export function PartnersPage() {
  const { businessId } = useParams({ from: '/shell/console/business/$businessId/partners' });
  return (
    <BusinessFrame
      businessId={businessId}
      section="partners"
      title="Partners"
      lead="Other businesses, such as agencies and clients. To share a Page or an ad account, open it."
    >
      <Partners businessId={businessId} side="agencies" />
      <Partners businessId={businessId} side="clients" />
    </BusinessFrame>
  );
}

const words = {
  agencies: {
    title: 'Partners that work for this business',
    empty: 'No partner works for this business',
    hint: 'Open a Page or an ad account and share it with a partner.',
    ends: 'They lose every Page and ad account that this business shared with them.',
  },
  clients: {
    title: 'Partners this business works for',
    empty: 'This business works for no partner',
    hint: 'Request a client’s Page under Pages.',
    ends: 'This business loses every Page and ad account that they shared with it.',
  },
} as const;

function Partners({ businessId, side }: { businessId: string; side: keyof typeof words }) {
  const client = useQueryClient();
  const manages = useManages(businessId);
  const { title, empty, hint, ends } = words[side];
  const records = useRecords<Named>({
    queryKey: ['partners', businessId, side],
    path: side === 'agencies' ? `/${businessId}/agencies` : `/${businessId}/clients`,
  });
  const columns = useMemo((): RecordColumn<Named>[] => {
    const end = ({ id: business, name }: Named) =>
      void confirmAct({
        title: `End the partnership with ${name}?`,
        children: ends,
        ...(side === 'agencies'
          ? ending('DELETE', `/${businessId}/agencies`, { business })
          : ending('DELETE', `/${businessId}/clients`, { business })),
        confirm: 'End it',
        done: `The partnership with ${name} has ended.`,
      }).then((done) => (done ? client.invalidateQueries({ queryKey: ['partners', businessId] }) : undefined));
    return [
      {
        id: 'name',
        header: 'Business',
        value: ({ name, id }) => `${name} ${id}`,
        cell: ({ name, id }) => <RowTitle name={name} id={id} />,
      },
      ...(manages
        ? [
            endingColumn<Named>({
              word: 'End',
              label: (partner) => `End the partnership with ${partner.name}`,
              act: end,
              width: '10rem',
            }),
          ]
        : []),
    ];
  }, [businessId, client, ends, manages, side]);
  return (
    <Card title={title}>
      <RecordTable
        records={records}
        columns={columns}
        rowId={({ id }) => id}
        label={title}
        empty={
          <Empty icon={Handshake} title={empty}>
            {hint}
          </Empty>
        }
      />
    </Card>
  );
}
