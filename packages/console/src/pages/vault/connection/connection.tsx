// One connection: how it stands and why, what mends it, whose it is, what hangs on it, and what happened to it.
import { Alert, Anchor, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type ConnectionDetails, isWorking } from '@hallpass/vault/client';
import { serverNow } from '../../../graph/clock.ts';
import { CopyIcon } from '../../../parts/copy.tsx';
import { FailureBox } from '../../../parts/failure.tsx';
import { dated } from '../../../parts/moment.tsx';
import { Page } from '../../../parts/page.tsx';
import { HOME } from '../../../vault/places.ts';
import { useVault } from '../../../vault/use-vault.ts';
import { endInWords } from '../end-in-words.ts';
import { StateBadge, stateInWords, stateLooks } from '../states.tsx';
import { Acts } from './acts.tsx';
import { CauseButton } from './cause.tsx';
import { Facts } from './facts.tsx';
import { History } from './history.tsx';
import { Relations } from './relations.tsx';

export function ConnectionPage() {
  const id = useParams({ strict: false, select: (params) => ('id' in params ? String(params.id) : '') });
  return <OneConnection key={id} id={id} />;
}

function OneConnection({ id }: { id: string }) {
  const { data, error, refetch } = useVault(['details', id], (vault) => vault.details({ id }));
  return (
    <Page
      title={data?.name ?? 'Connection'}
      above={
        <Group gap="xs" className="crumbs">
          <Anchor component={Link} to={HOME}>
            Connections
          </Anchor>
          <span aria-hidden>›</span>
          <Text span fw={600} className="breaks">
            <bdi>{data?.name ?? id}</bdi>
          </Text>
          {data && <StateBadge state={data.state} />}
        </Group>
      }
      actions={data && <Acts connection={data} />}
    >
      {error && !data ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton h={240} aria-label="Loading: Connection" /> : null}
      {data && (
        <>
          <Standing connection={data} />
          <div className="halves">
            <Facts connection={data} />
            <Stack gap="lg">
              <Relations connection={data} />
              <History id={id} />
            </Stack>
          </div>
        </>
      )}
    </Page>
  );
}

/** Says how it stands, why, and what mends it. */
function Standing({ connection }: { connection: ConnectionDetails }) {
  const { state, reason, repair, until, error, reconnectUrl, name } = connection;
  return (
    <Alert color={stateLooks[state].colour} variant="light" title={`It ${stateInWords[state]}`}>
      <Stack gap={6}>
        {reason !== undefined && state !== 'healthy' && (
          <Text size="sm" className="breaks">
            {reason}
          </Text>
        )}
        {repair !== undefined && <Text size="sm">{repair.words}</Text>}
        {until !== undefined && isWorking(state) && (
          <Text size="sm">
            {until > serverNow() ? `Ends ${endInWords(until, serverNow())}` : 'Ended'}: {dated(until)}
          </Text>
        )}
        <Group gap="xs">
          {error && <CauseButton error={error} what={name} />}
          {reconnectUrl !== undefined && (
            <Group gap={4} wrap="nowrap" miw={0}>
              <Anchor href={reconnectUrl} target="_blank" rel="noreferrer" size="sm">
                The link for its person
              </Anchor>
              <CopyIcon value={reconnectUrl} what="the link" />
            </Group>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
