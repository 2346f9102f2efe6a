// This page stands at an address of the console that leads nowhere.
import { Anchor, Stack, Text, Title } from '@mantine/core';

/** @param home the address of the first page */
export function NotFound({ home = '/' }: { home?: string }) {
  return (
    <Stack>
      <Title order={1}>There is nothing here</Title>
      <Text>
        The address may be mistyped, or the page no longer exists. <Anchor href={home}>Go to the first page</Anchor>.
      </Text>
    </Stack>
  );
}
