// This panel shows how a dead token ended: the event, its time, whose act it was, and what ended with it.
import { Alert, Stack, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { Moment } from '../../parts/moment.tsx';
import type { Inspection } from './inspection.ts';

export function TokenEnd({ ended, now }: { ended: NonNullable<Inspection['ended']>; now: number }) {
  return (
    <Alert
      color="danger"
      variant="light"
      icon={<TriangleAlert size={18} />}
      title={ended.comes_back ? 'This token is refused for now' : 'This token has ended'}
    >
      <Stack gap={4}>
        <Text size="sm">{ended.what}</Text>
        {ended.at !== undefined && (
          <Text size="sm">
            When: <Moment at={ended.at} now={now} />
          </Text>
        )}
        {ended.by !== undefined && <Text size="sm">By: {ended.by}.</Text>}
        {ended.also_ended !== undefined && <Text size="sm">What ended with it: {ended.also_ended}</Text>}
        <Text size="sm">
          {ended.comes_back
            ? 'When that passes, the token works again.'
            : 'It won’t work again. Send the person through the dialog for a new one.'}
        </Text>
      </Stack>
    </Alert>
  );
}
