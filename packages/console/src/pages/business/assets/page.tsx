// One Page of a business: who works on it, and which partners do.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { call } from '../../../graph/door.ts';
import { Id } from '../../../parts/copy.tsx';
import { type Named, useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';
import { Agencies } from './agencies.tsx';
import { PeopleOfAsset } from './people-of-asset.tsx';

export function OnePagePage() {
  const { businessId, pageId } = useParams({ from: '/shell/console/business/$businessId/pages/$pageId' });
  const manages = useManages(businessId);
  const { data: page } = useQuery({
    queryKey: ['page', pageId],
    queryFn: () => call<Named & { business?: Named }>('GET', `/${pageId}`, { fields: 'id,name,business' }),
  });
  const name = page?.name ?? 'Page';
  return (
    <BusinessFrame
      businessId={businessId}
      section="pages"
      inside="Pages"
      title={name}
      lead={<Id value={pageId} what="Page id" />}
    >
      {manages && <PeopleOfAsset businessId={businessId} kind="pages" assetId={pageId} name={name} manages={manages} />}
      {manages && page?.business?.id === businessId && <Agencies kind="pages" assetId={pageId} name={name} />}
    </BusinessFrame>
  );
}
