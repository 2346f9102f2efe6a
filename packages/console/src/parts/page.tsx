// This is the frame of one page: its title in the window, its heading, a lead sentence and what can be done at the top.
import { Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { platformName } from '../graph/start.ts';

export interface PageProps {
  title: string;
  lead?: ReactNode;
  /** Buttons beside the heading. */
  actions?: ReactNode;
  /** The way here and the parts of the thing that the page is about, before the heading. */
  above?: ReactNode;
  children: ReactNode;
}

export function Page({ title, lead, actions, above, children }: PageProps) {
  const name = platformName.use();
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <Stack gap="lg" className="page">
      {above}
      <div className="page-head">
        <Stack gap={4} className="grows">
          <Title order={1} size="h2" className="breaks" dir="auto">
            {title}
          </Title>
          {lead !== undefined && (
            <Text c="dimmed" component="div">
              {lead}
            </Text>
          )}
        </Stack>
        {actions}
      </div>
      {children}
    </Stack>
  );
}
