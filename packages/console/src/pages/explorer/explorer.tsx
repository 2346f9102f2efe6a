// The Graph API Explorer is laid out in columns: the call at the top, the node at the left, the answer in the middle,
// the token at the right.
import { SegmentedControl, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useSchema } from '../../graph/schema.ts';
import { useStart } from '../../graph/start.ts';
import { Card } from '../../parts/card.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import { Page } from '../../parts/page.tsx';
import { Answer } from './answer/answer.tsx';
import { askedPath, edgeNamed, nodeNamed } from './request/asked-path.ts';
import { NodeFields } from './request/node-fields.tsx';
import { RequestBar } from './request/request-bar.tsx';
import { type DebugLevel, setExplorer, useExplorer } from './state.ts';
import { TokenPanel } from './token/token-panel.tsx';
import { useNodeType } from './token/token-query.ts';

const Batch = lazy(async () => ({ default: (await import('./request/batch.tsx')).Batch }));
const PostParams = lazy(async () => ({ default: (await import('./request/post-params.tsx')).PostParams }));
const PastCalls = lazy(async () => ({ default: (await import('./request/past-calls.tsx')).PastCalls }));

const debugLevels: readonly { value: DebugLevel; label: string }[] = [
  { value: 'off', label: 'Off' },
  { value: 'warning', label: 'Warning' },
  { value: 'info', label: 'Info' },
  { value: 'all', label: 'All' },
];

const isDebugLevel = (value: string): value is DebugLevel => debugLevels.some((one) => one.value === value);

export function ExplorerPage() {
  const { data: start, error, refetch } = useStart();
  const search = useSearch({ from: '/shell/tools/explorer' });
  const [tab, setTab] = useState<string | null>('call');
  // A share link, or a choice in the search, names a call: it's put into the bar and waits for Submit.
  useEffect(() => {
    if (search.path !== undefined)
      setExplorer({
        method: search.method ?? 'GET',
        path: search.path,
        ...(search.version === undefined ? {} : { version: search.version }),
      });
  }, [search]);
  if (error) return <FailureBox error={error} onRetry={() => void refetch()} />;
  return (
    <Page title="Graph API Explorer" lead="Get a token, make a call, copy it as code.">
      {start === undefined ? (
        <Skeleton h={400} />
      ) : (
        <div className="explorer">
          <div className="explorer-main">
            <Tabs value={tab} onChange={setTab} keepMounted={false}>
              <Tabs.List mb="sm">
                <Tabs.Tab value="call">Call</Tabs.Tab>
                <Tabs.Tab value="batch">Batch</Tabs.Tab>
                <Tabs.Tab value="history">History</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="call">
                <OneCall start={start} />
              </Tabs.Panel>
              <Tabs.Panel value="batch">
                <Card>
                  <Suspense fallback={<Skeleton h={160} />}>
                    <Batch start={start} />
                  </Suspense>
                </Card>
              </Tabs.Panel>
              <Tabs.Panel value="history">
                <Card>
                  <Suspense fallback={<Skeleton h={160} />}>
                    <PastCalls onChosen={() => setTab('call')} />
                  </Suspense>
                </Card>
              </Tabs.Panel>
            </Tabs>
          </div>
          <Card className="explorer-side">
            <TokenPanel start={start} />
          </Card>
        </div>
      )}
    </Page>
  );
}

function OneCall({ start }: { start: NonNullable<ReturnType<typeof useStart>['data']> }) {
  const { path, method, token, debug } = useExplorer();
  const { data: schema, isLoading } = useSchema();
  const asked = askedPath(path);
  const isId = /^(me|(act_)?\d{5,30}(_\d{1,30})?)$/.test(asked.node);
  const { data: type } = useNodeType(start, isId && asked.node !== 'me' ? token : '', asked.node);
  const nodeName = asked.node === 'me' ? 'user' : schema?.nodes.find((node) => node.type.toLowerCase() === type)?.name;
  const node = nodeNamed(schema, nodeName);
  const edge = edgeNamed(node, asked.edge, asked.edge === '' ? 'GET' : method);
  const about = asked.edge === '' ? node : nodeNamed(schema, edge?.of);
  const edges = useMemo(
    () => [
      ...new Set((node?.edges ?? []).filter((one) => one.method === 'GET' && one.name !== '').map(({ name }) => name)),
    ],
    [node],
  );
  const declared = edgeNamed(node, asked.edge, 'POST')?.params ?? [];
  return (
    <Stack gap="md">
      <Card>
        <Stack gap="sm">
          <RequestBar start={start} schema={schema} nodeName={nodeName} />
          {method === 'POST' && (
            <Suspense fallback={<Skeleton h={36} />}>
              <PostParams declared={declared} />
            </Suspense>
          )}
          <div className="debug-switch">
            <Text size="sm" id="debug-label">
              Debug messages
            </Text>
            <SegmentedControl
              size="xs"
              aria-labelledby="debug-label"
              data={[...debugLevels]}
              value={debug}
              onChange={(value) => isDebugLevel(value) && setExplorer({ debug: value })}
            />
          </div>
        </Stack>
      </Card>
      <div className="explorer-answer">
        <Card title="Node">
          <NodeFields node={about} edges={edges} loading={isLoading} />
        </Card>
        <Card title="Answer">
          <Answer start={start} />
        </Card>
      </div>
    </Stack>
  );
}
