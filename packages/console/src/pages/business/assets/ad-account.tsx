// One ad account of a business: who works on it, and which partners do.
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { call } from '../../../graph/door.ts';
import { Id } from '../../../parts/copy.tsx';
import { type Named, useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';
import { Agencies } from './agencies.tsx';
import { PeopleOfAsset } from './people-of-asset.tsx';

export function AdAccountPage() {
  const { businessId, adAccountId } = useParams({
    from: '/shell/console/business/$businessId/ad-accounts/$adAccountId',
  });
  const manages = useManages(businessId);
  const { data: account } = useQuery({
    queryKey: ['ad-account', adAccountId],
    queryFn: () => call<Named & { business?: Named }>('GET', `/${adAccountId}`, { fields: 'id,name,business' }),
  });
  const name = account?.name ?? 'Ad account';
  return (
    <BusinessFrame
      businessId={businessId}
      section="ad-accounts"
      inside="Ad accounts"
      title={name}
      lead={<Id value={adAccountId} what="ad account id" />}
    >
      {manages && (
        <PeopleOfAsset businessId={businessId} kind="ad_accounts" assetId={adAccountId} name={name} manages={manages} />
      )}
      {manages && account?.business?.id === businessId && (
        <Agencies kind="ad_accounts" assetId={adAccountId} name={name} />
      )}
    </BusinessFrame>
  );
}
