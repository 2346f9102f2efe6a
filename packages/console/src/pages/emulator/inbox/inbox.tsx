// The inbox of the world: every mail of the platform, and of programs that send to the mail server of the emulator.
import { Badge, Button, Code, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { Inbox, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { serverNow } from '../../../graph/clock.ts';
import { about } from '../../../parts/about.ts';
import { Card } from '../../../parts/card.tsx';
import { CopyIcon } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { useControl, useOrder } from '../control/use-control.ts';
import { useLive } from '../control/use-live.ts';
import { EmulatorPage } from '../frame.tsx';
import type { MailLine } from './mail-line.ts';

const MailView = lazy(async () => ({ default: (await import('./mail-view.tsx')).MailView }));

export function InboxPage() {
  return (
    <EmulatorPage
      title="Inbox"
      lead="All mail from the platform and from programs that send to this emulator. No mail leaves this machine."
    >
      <MailServer />
      <Mails />
    </EmulatorPage>
  );
}

/** The address to point other programs at. */
function MailServer() {
  const { data } = useControl<{ server?: string }>('inbox');
  const open = useOrder();
  if (!data) return null;
  return (
    <Group gap="xs">
      {data.server === undefined ? (
        <>
          <Text size="sm">Mail from the platform arrives here automatically. For mail from your programs:</Text>
          <Button
            variant="default"
            size="compact-sm"
            loading={open.isPending}
            onClick={() => open.mutate({ path: 'inbox/server', done: 'The mail server is open.' })}
          >
            Open the mail server
          </Button>
        </>
      ) : (
        <>
          <Text size="sm">Point your programs at</Text>
          <Code>{data.server}</Code>
          <CopyIcon value={data.server} what="the address of the mail server" />
        </>
      )}
    </Group>
  );
}

function Mails() {
  const { rows, error, clear } = useLive<MailLine>('inbox', 'mails');
  const [chosen, setChosen] = useState<number>();
  const empty = useOrder(() => {
    clear();
    setChosen(undefined);
  });
  if (error) return <FailureBox error={error} />;
  if (!rows) return <Skeleton h={240} aria-label="Loading: Mails" />;
  const open = rows.find(({ id }) => id === chosen) ?? rows[0];
  return (
    <div className="inbox">
      <Card
        title="Mails"
        actions={
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Trash2 size={14} />}
            disabled={rows.length === 0}
            loading={empty.isPending}
            onClick={() => empty.mutate({ method: 'DELETE', path: 'inbox', done: 'The inbox is empty.' })}
          >
            Empty it
          </Button>
        }
      >
        {rows.length === 0 ? (
          <Empty icon={Inbox} title="No mail yet">
            <a href="/forgot">Reset a password</a>, change an e-mail address, or point a program at the mail server: the
            mail appears here right away.
          </Empty>
        ) : (
          <Stack component="ul" gap={0} className="plain-list" aria-label="Mails">
            {rows.map((mail) => (
              <li key={mail.id}>
                <MailButton mail={mail} open={mail === open} onOpen={() => setChosen(mail.id)} />
              </li>
            ))}
          </Stack>
        )}
      </Card>
      {open && (
        <Suspense fallback={<Skeleton h={240} aria-label="Loading: Mail" />}>
          <MailView key={open.id} id={open.id} />
        </Suspense>
      )}
    </div>
  );
}

function MailButton({ mail, open, onOpen }: { mail: MailLine; open: boolean; onOpen: () => void }) {
  const { subject, recipients, time, links } = mail;
  const at = Date.parse(time) / 1000;
  return (
    <UnstyledButton className="mail-line" aria-current={open || undefined} onClick={onOpen}>
      <Text span size="sm" fw={600} className="breaks" display="block">
        <bdi>{subject === '' ? '(no subject)' : subject}</bdi>
      </Text>
      <Group gap={6}>
        <Text span size="xs" c="dimmed" className="breaks">
          to {recipients.join(', ')}
        </Text>
        <Text span size="xs" c="dimmed" title={dated(at)}>
          {about(at, serverNow())}
        </Text>
        {links.length > 0 && (
          <Badge variant="light" color="note" size="sm">
            {links.length} {links.length === 1 ? 'link' : 'links'}
          </Badge>
        )}
      </Group>
    </UnstyledButton>
  );
}
