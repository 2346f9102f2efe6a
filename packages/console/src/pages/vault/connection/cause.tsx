// This window tells why a token stands as it does: the error of its server, as the catalogue of errors explains it.
import { Button, Code, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleHelp } from 'lucide-react';
import { Sentence } from '../../../parts/sentence.tsx';
import { openWindow } from '../../../parts/windows/open-window.ts';

export interface ServerError {
  code: number;
  subcode?: number | undefined;
}

/** A message of the catalogue: what differs from answer to answer is set apart, e.g. the id of the app. */
function WithPlaceholders({ text }: { text: string }) {
  return text
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 1 ? <i key={`${index} ${part}`}>({part.replaceAll('_', ' ')})</i> : part));
}

/** Shows the entries of the catalogue for an error; it's loaded when somebody looks. */
function Cause({ error: { code, subcode } }: { error: ServerError }) {
  const { data: entries } = useQuery({
    queryKey: ['causes', code, subcode],
    queryFn: async () =>
      (await import('../../../graph/catalogue.ts')).entries.filter(
        (one) => one.code === code && one.subcode === subcode,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!entries) return <Skeleton h={80} aria-label="Looking for the cause" />;
  return (
    <Stack gap="md" className="why">
      <Text size="sm">
        The server answered with error{' '}
        <Code>
          {code}
          {subcode === undefined ? '' : ` / ${subcode}`}
        </Code>
        .
      </Text>
      {entries.length === 0 && <Text size="sm">The catalogue of errors has no entry for it.</Text>}
      {entries.map(({ key, message, doc, advice }) => (
        <Stack key={key} gap={4}>
          <Text size="sm" fw={600} className="breaks">
            <WithPlaceholders text={message} />
          </Text>
          <Text size="sm">
            <Sentence text={doc} />
          </Text>
          <Text size="sm" c="dimmed">
            {advice}
          </Text>
          <Group gap={6}>
            <Code>{key}</Code>
          </Group>
        </Stack>
      ))}
    </Stack>
  );
}

/** @param what names the thing that is explained, for people who hear the page */
export function CauseButton({ error, what }: { error: ServerError; what: string }) {
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<CircleHelp size={14} />}
      aria-label={`Why? ${what}`}
      onClick={() => openWindow({ title: 'Why', size: 'lg', children: <Cause error={error} /> })}
    >
      Why?
    </Button>
  );
}
