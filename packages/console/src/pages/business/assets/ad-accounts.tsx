// The ad accounts of a business: making one, claiming one, giving one up.
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Megaphone, Plus } from 'lucide-react';
import { call } from '../../../graph/door.ts';
import { readList } from '../../../graph/read-list.ts';
import { ending } from '../../../graph/would-end.ts';
import { Card } from '../../../parts/card.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ChooseOne } from '../../../parts/form/choose-one.tsx';
import { FormView } from '../../../parts/form/form-view.tsx';
import { useForm } from '../../../parts/form/use-form.ts';
import { type Named, useManages } from '../business.ts';
import { BusinessFrame } from '../frame.tsx';
import { AssetList, bothLists } from './asset-list.tsx';

export function AdAccountsPage() {
  const { businessId } = useParams({ from: '/shell/console/business/$businessId/ad-accounts' });
  const manages = useManages(businessId);
  const [making, make] = useDisclosure();
  const [claiming, claim] = useDisclosure();
  const fields = { fields: 'id,name' };
  return (
    <BusinessFrame
      businessId={businessId}
      section="ad-accounts"
      title="Ad accounts"
      lead="Ad accounts that belong to the business, and those of clients on which it works."
      actions={
        manages && (
          <Group gap="xs">
            <Button variant="default" onClick={claim.open}>
              Claim an ad account
            </Button>
            <Button leftSection={<Plus size={16} />} onClick={make.open}>
              Create an ad account
            </Button>
          </Group>
        )
      }
    >
      <Card>
        <AssetList
          queryKey={['business-ad-accounts', businessId]}
          read={() =>
            bothLists(
              readList(`/${businessId}/owned_ad_accounts`, fields),
              readList(`/${businessId}/client_ad_accounts`, fields),
            )
          }
          page={({ id }) => `/console/business/${businessId}/ad-accounts/${id}`}
          one="ad account"
          label="Ad accounts of the business"
          search="Find an ad account"
          giveUp={
            manages ? ({ id }) => ending('DELETE', `/${businessId}/ad_accounts`, { adaccount_id: id }) : undefined
          }
          empty={
            <Empty icon={Megaphone} title="The business has no ad accounts yet">
              Create one, or claim one that you manage.
            </Empty>
          }
        />
      </Card>
      <Modal opened={making} onClose={make.close} title="Create an ad account" size="lg">
        <Create businessId={businessId} onClose={make.close} />
      </Modal>
      <Modal opened={claiming} onClose={claim.close} title="Claim an ad account" size="lg">
        <Claim businessId={businessId} onClose={claim.close} />
      </Modal>
    </BusinessFrame>
  );
}

interface Props {
  businessId: string;
  onClose: () => void;
}

const currencies = Intl.supportedValuesOf('currency');
/** Nobody in particular is behind the ad account. */
const NONE = 'NONE';

function Create({ businessId, onClose }: Props) {
  const client = useQueryClient();
  const form = useForm({
    queryKey: ['new-ad-account', businessId],
    read: () => ({ name: '', currency: 'EUR' }),
    write: (_changed, { name, currency }) =>
      call('POST', `/${businessId}/adaccount`, {
        name,
        currency,
        timezone_id: 1,
        end_advertiser: NONE,
        media_agency: NONE,
        partner: NONE,
      }),
    labels: { name: 'Name', currency: 'Currency' },
    check: ({ name }) => (name.trim() === '' ? { name: 'An ad account needs a name.' } : {}),
    saved: 'The ad account has been created.',
    isNew: true,
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['business-ad-accounts', businessId] });
      onClose();
    },
  });
  return (
    <FormView
      form={form}
      label="Create an ad account"
      submit="Create"
      actions={
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      {({ text, choice }) => (
        <Stack gap="sm">
          <TextInput {...text('name')} required data-autofocus autoComplete="off" />
          <Select
            {...choice('currency')}
            onChange={(currency) => choice('currency').onChange(currency ?? 'EUR')}
            data={currencies}
            searchable
            allowDeselect={false}
            limit={50}
            description="It can’t be changed later."
          />
        </Stack>
      )}
    </FormView>
  );
}

function Claim({ businessId, onClose }: Props) {
  const client = useQueryClient();
  const { data: mine } = useQuery({
    queryKey: ['my-ad-accounts'],
    queryFn: () => readList<Named>('/me/adaccounts', { fields: 'id,name' }),
  });
  const form = useForm({
    queryKey: ['claim-ad-account', businessId],
    read: () => ({ adaccount_id: '' }),
    write: (_changed, { adaccount_id }) => call('POST', `/${businessId}/owned_ad_accounts`, { adaccount_id }),
    labels: { adaccount_id: 'Ad account' },
    check: ({ adaccount_id }) => (adaccount_id === '' ? { adaccount_id: 'Choose an ad account.' } : {}),
    saved: 'The ad account now belongs to the business.',
    isNew: true,
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['business-ad-accounts', businessId] });
      onClose();
    },
  });
  return (
    <FormView
      form={form}
      label="Claim an ad account"
      submit="Claim"
      actions={
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      {({ choice }) => (
        <Stack gap="sm">
          <ChooseOne
            field={choice('adaccount_id')}
            things={mine}
            placeholder="Choose an ad account of yours"
            nothingFoundMessage="You have no ad account with that name"
          />
          <Text size="sm" c="dimmed">
            An ad account belongs to one business, and stays with it.
          </Text>
        </Stack>
      )}
    </FormView>
  );
}
