// A card is a box on the ground of a page, with an optional heading.
import { Box, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export interface CardProps {
  title?: string;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Card({ title, actions, className = '', children }: CardProps) {
  return (
    <Box component="section" p="md" className={`card ${className}`} aria-label={title}>
      {title !== undefined && (
        <Group justify="space-between" mb="sm" gap="xs">
          <Title order={2} size="h4">
            {title}
          </Title>
          {actions}
        </Group>
      )}
      {children}
    </Box>
  );
}
