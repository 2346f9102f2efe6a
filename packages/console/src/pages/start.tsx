// The first page.
import { Title } from '@mantine/core';

export function StartPage() {
  return <Title order={1}>Hallpass</Title>;
}
