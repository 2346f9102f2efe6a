// The answer: as a tree, raw, with its headers and time; and what can be done with the call that led to it.
import { Alert, Badge, Button, Code, CopyButton, Group, ScrollArea, Stack, Table, Tabs, Text } from '@mantine/core';
import { Bug, Link2, SquareCode } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Start } from '../../../graph/start.ts';
import type { TokenAnswer } from '../../../graph/token-call.ts';
import { FailureBody } from '../../../parts/failure.tsx';
import { debugInformation } from './debug-information.ts';
import { JsonTree } from './json-tree.tsx';
import { laidOut, maskedText } from './masked-text.ts';
import { type SentCall, setExplorer, useExplorer } from '../state.ts';
import { plainPath, submit } from '../request/submit.ts';
import { asksWhy, WhyButton } from '../../../why/why-button.tsx';

/** The samples are loaded when somebody wants one. */
const openCode = async (sent: SentCall, graph: string) => (await import('./get-code.tsx')).openCode(sent, graph);

interface DebugMessage {
  message: string;
  type?: string;
  link?: string;
}

/** Reads out of the answer what `debug=all` said. */
function messagesIn(value: unknown): readonly DebugMessage[] {
  if (typeof value !== 'object' || value === null || !('__debug__' in value)) return [];
  const { __debug__: told } = value as { __debug__?: { messages?: readonly DebugMessage[] } };
  return told?.messages ?? [];
}

/** An address that opens the Explorer with this call, and no token. */
function shareLink({ method, version, path }: SentCall): string {
  return `${location.origin}/tools/explorer?${new URLSearchParams({ method, version, path })}`;
}

interface ShownAnswerProps {
  start: Start;
  answer: TokenAnswer;
  /** The call that led to it. */
  sent: SentCall;
}

export function ShownAnswer({ start, answer, sent }: ShownAnswerProps) {
  const { token } = useExplorer();
  const follow = (address: string) => {
    setExplorer({ method: 'GET', path: plainPath(address).path });
    void submit(start);
  };
  const useToken = (token: string) => setExplorer({ token, tokenOf: 'Token of the answer' });
  const messages = messagesIn(answer.value);
  return (
    <Stack gap="sm">
      <Group gap="xs" role="status">
        <Badge color={answer.status >= 400 ? 'danger' : 'brand'} variant="light" size="lg">
          {answer.status}
        </Badge>
        <Text size="sm" c="dimmed">
          {Math.round(answer.ms)} ms
        </Text>
        <Group gap={6}>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<SquareCode size={14} />}
            onClick={() => void openCode(sent, start.graph)}
          >
            Get Code
          </Button>
          <Copying
            value={debugInformation(sent, answer, start.graph)}
            label="Copy Debug Information"
            icon={<Bug size={14} />}
          />
          <Copying value={shareLink(sent)} label="Share link" icon={<Link2 size={14} />} />
        </Group>
      </Group>
      {answer.error && (
        <Alert color="danger" variant="light" title="The Graph refused">
          <FailureBody error={answer.error} />
          <MissingPermission message={answer.error.message} />
        </Alert>
      )}
      {messages.map(({ message, type, link }) => (
        <Alert
          key={message}
          color={type === 'warning' ? 'warn' : 'note'}
          variant="light"
          title={type === 'warning' ? 'Warning' : 'Information'}
        >
          <Text size="sm">{message}</Text>
          {link !== undefined && <Code>{link}</Code>}
        </Alert>
      ))}
      {asksWhy(answer.value) && (
        <Group>
          <WhyButton call={`${sent.version}/${sent.path}`} method={sent.method} token={token} />
        </Group>
      )}
      <Tabs defaultValue="tree" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="tree">Tree</Tabs.Tab>
          <Tabs.Tab value="raw">Raw</Tabs.Tab>
          <Tabs.Tab value="headers">Headers</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="tree" pt="sm">
          {answer.value === undefined ? (
            <Text size="sm">The answer is no JSON: see Raw.</Text>
          ) : (
            <JsonTree value={answer.value} onPath={follow} onToken={useToken} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="raw" pt="sm">
          <Group justify="flex-end" mb={4}>
            <Copying value={answer.text} label="Copy" />
          </Group>
          <ScrollArea.Autosize mah={600} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Raw answer' }}>
            <Code block className="breaks">
              {maskedText(laidOut(answer.text))}
            </Code>
          </ScrollArea.Autosize>
        </Tabs.Panel>
        <Tabs.Panel value="headers" pt="sm">
          <Table verticalSpacing={4} layout="fixed">
            <Table.Tbody>
              {answer.headers.map(([name, value]) => (
                <Table.Tr key={name}>
                  <Table.Th className="mono breaks" fz="sm">
                    {name}
                  </Table.Th>
                  <Table.Td className="mono breaks" fz="sm">
                    {value}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Copying({ value, label, icon }: { value: string; label: string; icon?: ReactNode }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button variant="default" size="compact-sm" leftSection={icon} onClick={copy}>
          {copied ? 'Copied' : label}
        </Button>
      )}
    </CopyButton>
  );
}

/** A refusal that names a permission has the button that adds it to those of the next token. */
function MissingPermission({ message }: { message: string }) {
  const { permissions } = useExplorer();
  const [, name] = /\b(?:Requires|requires|permission) ([a-z]+_[a-z_]+)\b/.exec(message) ?? [];
  if (name === undefined) return null;
  if (permissions.includes(name))
    return (
      <Text size="sm" mt="xs">
        <b>{name}</b> is among the permissions: generate a new token.
      </Text>
    );
  return (
    <Button
      mt="xs"
      variant="light"
      size="compact-sm"
      onClick={() => setExplorer({ permissions: [...permissions, name] })}
    >
      Add {name}
    </Button>
  );
}
