// The settings of a vault: how its mails go out, the calendar of ends, its apps, and whether anything is amiss.
import { Alert, Badge, Button, Group, List, Skeleton, Stack, Table, Text, ThemeIcon } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CalendarDays, Check, SquareStack, X } from 'lucide-react';
import { Card } from '../../../parts/card.tsx';
import { Id, Secret } from '../../../parts/copy.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { FailureBox, toastFailure } from '../../../parts/failure.tsx';
import { Page } from '../../../parts/page.tsx';
import { WideTable } from '../../../parts/wide-table.tsx';
import { ask } from '../../../vault/ask.ts';
import { useRight } from '../../../vault/session.ts';
import { useVault } from '../../../vault/use-vault.ts';
import { MailForm } from './mail-form.tsx';
import { TestMail } from './test-mail.tsx';

export function SettingsPage() {
  const [mayManage, mayOperate] = [useRight('manage'), useRight('operate')];
  return (
    <Page title="Settings" lead="Mails, the calendar of expiry dates, and the apps in whose name tokens are extended.">
      {mayOperate && <Doctor />}
      <MailForm disabled={!mayManage} />
      {mayOperate && <TestMail />}
      {mayManage && <Calendar />}
      <Apps />
    </Page>
  );
}

function Doctor() {
  const { data, error, refetch } = useVault(['doctor'], (vault) => vault.doctor());
  return (
    <Card title="Problems">
      {error && !data ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton h={140} aria-label="Loading: Findings" /> : null}
      {data && (
        <List listStyleType="none" spacing={6} aria-label="Findings">
          {data.findings
            .toSorted((a, b) => Number(a.ok) - Number(b.ok))
            .map(({ check, ok, message }) => (
              <List.Item
                key={check}
                icon={
                  <ThemeIcon
                    size={22}
                    radius="xl"
                    color={ok ? 'brand' : 'danger'}
                    variant="light"
                    role="img"
                    aria-label={ok ? 'Fine' : 'To mend'}
                  >
                    {ok ? <Check size={14} /> : <X size={14} />}
                  </ThemeIcon>
                }
              >
                <Text size="sm" className="breaks">
                  {message}
                </Text>
              </List.Item>
            ))}
        </List>
      )}
    </Card>
  );
}

/** The address of the calendar is a secret: it's asked for, and then masked. */
function Calendar() {
  const showing = useMutation({
    mutationFn: (renew: boolean) => ask((vault) => vault.calendar(renew ? { renew } : {})),
    onError: (error) => toastFailure(error),
  });
  const address = showing.data?.url;
  return (
    <Card title="Calendar of expiry dates">
      <Stack gap="sm">
        <Text size="sm">
          A calendar program that subscribes to this address shows the days on which connections end. Anyone with the
          address can read it.
        </Text>
        {address !== undefined && <Secret value={address} what="address of the calendar" />}
        <Group gap="xs">
          {address === undefined && (
            <Button
              variant="default"
              leftSection={<CalendarDays size={16} />}
              loading={showing.isPending}
              onClick={() => showing.mutate(false)}
            >
              Show the address
            </Button>
          )}
          {address !== undefined && (
            <Button variant="default" loading={showing.isPending} onClick={() => showing.mutate(true)}>
              Create a new address, and end this one
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

function Apps() {
  const { data, error, refetch } = useVault(['apps'], (vault) => vault.listApps());
  return (
    <Card title="Apps">
      {error && !data ? <FailureBox error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton h={100} aria-label="Loading: Apps" /> : null}
      {data?.apps.length === 0 ? (
        <Empty icon={SquareStack} title="No apps yet">
          Add one with its secret: <span className="mono">hallpass vault apps set</span>
        </Empty>
      ) : null}
      {data?.apps.some(({ hasSecret }) => !hasSecret) ? (
        <Alert color="warn" variant="light" mb="sm">
          Nothing can be extended in the name of an app without its secret.
        </Alert>
      ) : null}
      {data && data.apps.length > 0 ? (
        <WideTable label="List of apps" minWidth={520}>
          <Table className="records-table">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">App</Table.Th>
                <Table.Th scope="col">Service</Table.Th>
                <Table.Th scope="col">Graph</Table.Th>
                <Table.Th scope="col">Secret</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.apps.map(({ appId, service, graphBase, version, hasSecret }) => (
                <Table.Tr key={appId}>
                  <Table.Td data-label="App">
                    <Id value={appId} what="App ID" />
                  </Table.Td>
                  <Table.Td data-label="Service">{service}</Table.Td>
                  <Table.Td data-label="Graph" className="breaks">
                    {graphBase} {version}
                  </Table.Td>
                  <Table.Td data-label="Secret">
                    <Badge variant="light" color={hasSecret ? 'brand' : 'warn'} miw="max-content">
                      {hasSecret ? 'Kept sealed' : 'Missing'}
                    </Badge>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      ) : null}
    </Card>
  );
}
