// The apps of a business: its own, and those of others of which its system users may have tokens.
import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Plus, SquareStack } from 'lucide-react';
import { readList } from '../../../graph/read-list.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { openWindow } from '../../../parts/windows/open-window.ts';
import { useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';
import { AssetList, bothLists } from './asset-list.tsx';

/** Loads the form when it's wanted: most people look at the list alone. */
async function addApp(businessId: string): Promise<void> {
  const { AddApp } = await import('./add-app.tsx');
  const close = openWindow({
    title: 'Add an app',
    size: 'lg',
    children: <AddApp businessId={businessId} onClose={() => close()} />,
  });
}

export function BusinessAppsPage() {
  const { businessId } = useParams({ from: '/shell/console/business/$businessId/apps' });
  const manages = useManages(businessId);
  const fields = { fields: 'id,name' };
  return (
    <BusinessFrame
      businessId={businessId}
      section="apps"
      title="Apps"
      lead="Apps that belong to the business, and apps of others that its system users may use."
      actions={
        manages && (
          <Button leftSection={<Plus size={16} />} onClick={() => void addApp(businessId)}>
            Add an app
          </Button>
        )
      }
    >
      <Card>
        <AssetList
          queryKey={['business-apps', businessId]}
          read={() =>
            bothLists(readList(`/${businessId}/owned_apps`, fields), readList(`/${businessId}/client_apps`, fields))
          }
          one="app"
          label="Apps of the business"
          search="Find an app"
          giveUp={
            manages
              ? ({ id, relation }) =>
                  relation === 'client' ? ending('DELETE', `/${businessId}/client_apps`, { app_id: id }) : undefined
              : undefined
          }
          empty={
            <Empty icon={SquareStack} title="The business has no apps yet">
              Add an app that you administer. Then the business’s system users can have tokens for it.
            </Empty>
          }
        />
      </Card>
    </BusinessFrame>
  );
}
