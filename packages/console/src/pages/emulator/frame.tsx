// The frame of the pages about the emulator: their row, the choice of the world, and what to do in a browser that was not
// opened for orders.
import { Anchor, Code, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStart } from '../../graph/start.ts';
import { Card } from '../../parts/card.tsx';
import { CopyIcon } from '../../parts/copy.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import { NotFound } from '../../parts/not-found.tsx';
import { Page } from '../../parts/page.tsx';
import { SectionNav } from '../../parts/section-nav.tsx';
import { emulatorPages } from '../../shell/emulator-pages.ts';
import { chosenWorld, consoleKey, openByTicket } from './control/order.ts';
import { useControl } from './control/use-control.ts';

interface EmulatorPageProps {
  title: string;
  lead: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

const sections = emulatorPages.map(({ path, label, icon }) => ({ to: path, label, icon }));

export function EmulatorPage({ title, lead, actions, children }: EmulatorPageProps) {
  const { pathname } = useLocation();
  const { data: start } = useStart();
  const key = consoleKey.use();
  const { opening, error } = useTicket();
  if (start && !start.demo) return <NotFound />;
  const open = key !== undefined && !opening;
  return (
    <Page
      title={title}
      lead={lead}
      actions={open ? actions : undefined}
      above={<SectionNav label="The emulator" sections={sections} current={pathname.replace(/\/$/, '')} />}
    >
      {opening ? <Skeleton h={200} aria-label="Loading" /> : null}
      {error && key === undefined ? <FailureBox error={error} /> : null}
      {!opening && key === undefined ? <Locked /> : null}
      {open ? <WorldChoice /> : null}
      {open ? children : null}
    </Page>
  );
}

/** Tickets are good for one use, and a page may be drawn twice at the beginning. */
const used = new Set<string>();

/** Exchanges the ticket of the address for the key, and takes it out of the address. */
function useTicket(): { opening: boolean; error: unknown } {
  const [opening, setOpening] = useState(() => ticketOf(location.hash) !== undefined);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    const take = (): void => {
      const ticket = ticketOf(location.hash);
      if (ticket === undefined || used.has(ticket)) return;
      used.add(ticket);
      setOpening(true);
      history.replaceState(history.state, '', location.pathname);
      openByTicket(ticket)
        .catch(setError)
        .finally(() => setOpening(false));
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  return { opening, error };
}

const ticketOf = (hash: string): string | undefined => /^#ticket=([0-9a-f]{64})$/.exec(hash)?.[1];

const command = 'hallpass console';

function Locked() {
  return (
    <Card>
      <Empty icon={Lock} title="Open these pages from your terminal">
        <Stack gap="xs" align="center">
          <Text size="sm">
            These pages control the emulator: they move its clock, read its mail and make calls fail. Only the person
            who started it can open them, with a link that works once. <b>hallpass dev</b> prints one when it starts. To
            get another:
          </Text>
          <span>
            <Code fz="sm">{command}</Code> <CopyIcon value={command} what="the command" />
          </span>
          <Text size="xs">
            When the emulator restarts, you need a new link. <Anchor href="/">The first page</Anchor> and the tools
            don’t need one.
          </Text>
        </Stack>
      </Empty>
    </Card>
  );
}

/** Shown where there is more than the one world. */
function WorldChoice() {
  const world = chosenWorld.use();
  const { data } = useControl<{ worlds: readonly { name: string; world: string }[] }>('worlds');
  const worlds = data?.worlds ?? [];
  if (worlds.length < 2) return null;
  return (
    <Select
      label="World"
      description="This page shows and controls this world."
      data={worlds.map(({ name, world: planted }) => ({
        value: name,
        label: name === planted ? name : `${name} (${planted})`,
      }))}
      value={world}
      onChange={(chosen) => chosen !== null && chosenWorld.set(chosen)}
      allowDeselect={false}
      maw={360}
    />
  );
}
