// The Pages of a business: claiming one, asking for the Page of a client, and the requests between the two.
import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Newspaper, Plus } from 'lucide-react';
import { readList } from '../../../graph/read-list.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';
import { AssetList, bothLists } from './asset-list.tsx';
import { PageRequests } from './page-requests.tsx';

/** Loads the form when it's wanted: most people look at the list alone. */
async function addPage(businessId: string): Promise<void> {
  const { AddPage } = await import('./add-page.tsx');
  const close = openWindow({
    title: 'Add a Page',
    size: 'lg',
    children: <AddPage businessId={businessId} onClose={() => close()} />,
  });
}

export function PagesPage() {
  const { businessId } = useParams({ from: '/shell/console/business/$businessId/pages' });
  const manages = useManages(businessId);
  const fields = { fields: 'id,name' };
  return (
    <BusinessFrame
      businessId={businessId}
      section="pages"
      title="Pages"
      lead="Pages that belong to the business, and Pages of clients on which it works."
      actions={
        manages && (
          <Button leftSection={<Plus size={16} />} onClick={() => void addPage(businessId)}>
            Add a Page
          </Button>
        )
      }
    >
      <Card>
        <AssetList
          queryKey={['business-pages', businessId]}
          read={() =>
            bothLists(readList(`/${businessId}/owned_pages`, fields), readList(`/${businessId}/client_pages`, fields))
          }
          page={({ id }) => `/console/business/${businessId}/pages/${id}`}
          one="Page"
          label="Pages of the business"
          search="Find a Page"
          giveUp={manages ? ({ id }) => ending('DELETE', `/${businessId}/pages`, { page_id: id }) : undefined}
          empty={
            <Empty icon={Newspaper} title="The business has no Pages yet">
              Claim one that you manage, or request one from a client.
            </Empty>
          }
        />
      </Card>
      {manages && <PageRequests businessId={businessId} />}
    </BusinessFrame>
  );
}
