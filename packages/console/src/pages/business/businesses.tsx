// The businesses that a person is in, and the form that makes another one.
import { Anchor, Button, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Briefcase, Plus } from 'lucide-react';
import { call } from '../../graph/door.ts';
import { readList } from '../../graph/read-list.ts';
import { useSession } from '../../graph/session.ts';
import { Id } from '../../parts/copy.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import { FormView } from '../../parts/form/form-view.tsx';
import { useForm } from '../../parts/form/use-form.ts';
import { Page } from '../../parts/page.tsx';
import { SignedIn } from '../../parts/signed-in.tsx';
import type { Named } from './business.ts';

export function BusinessesPage() {
  const [making, { open, close }] = useDisclosure();
  const session = useSession();
  return (
    <Page
      title="Business settings"
      lead="A business has people, system users for its servers, Pages, ad accounts and apps."
      actions={
        session && (
          <Button leftSection={<Plus size={16} />} onClick={open}>
            Create a business
          </Button>
        )
      }
    >
      <SignedIn to="see your businesses" icon={Briefcase}>
        <Businesses />
      </SignedIn>
      <Modal opened={making} onClose={close} title="Create a business">
        <NewBusiness onClose={close} />
      </Modal>
    </Page>
  );
}

function Businesses() {
  const { data, error, refetch } = useQuery({
    queryKey: ['businesses'],
    queryFn: () => readList<Named>('/me/businesses', { fields: 'id,name' }),
  });
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={160} aria-label="Your businesses" />;
  if (data.length === 0)
    return (
      <Empty icon={Briefcase} title="You have no businesses yet">
        Ask someone to invite you by a link, or create one with the button above.
      </Empty>
    );
  return (
    <div className="tiles">
      {data.map(({ id, name }) => (
        <div key={id} className="tile">
          <Briefcase size={20} aria-hidden />
          <Stack gap={2} miw={0}>
            <Anchor fw={600} component={Link} to={`/console/business/${id}`} className="breaks">
              <bdi>{name}</bdi>
            </Anchor>
            <Id value={id} what={`id of ${name}`} />
          </Stack>
        </div>
      ))}
    </div>
  );
}

function NewBusiness({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const form = useForm({
    queryKey: ['new-business'],
    read: () => ({ name: '', vertical: '' }),
    write: ({ name, vertical }) =>
      call<{ id: string }>('POST', '/me/businesses', { name, vertical: vertical === '' ? undefined : vertical }),
    labels: { name: 'Name', vertical: 'Industry' },
    check: ({ name }) => (name.trim() === '' ? { name: 'A business needs a name.' } : {}),
    saved: 'The business has been created, and you’re its administrator.',
    isNew: true,
    onSaved: (made) => {
      void client.invalidateQueries({ queryKey: ['businesses'] });
      const { id } = made as { id: string };
      void navigate({ to: `/console/business/${id}` });
    },
  });
  return (
    <FormView
      form={form}
      label="Create a business"
      submit="Create"
      actions={
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      {({ text }) => (
        <Stack gap="sm">
          <TextInput {...text('name')} required data-autofocus autoComplete="organization" />
          <TextInput {...text('vertical')} description="For example RETAIL. Optional." autoComplete="off" />
          <Text size="sm" c="dimmed">
            You become its first administrator.
          </Text>
        </Stack>
      )}
    </FormView>
  );
}
