// A table that may be wider than its place: it scrolls by itself, by keyboard too, and the page doesn't.
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface WideTableProps {
  /** Names the region that scrolls. */
  label: string;
  /** Pixels below which it scrolls. */
  minWidth: number;
  maxHeight?: number;
  children: ReactNode;
}

export const WideTable = ({ label, minWidth, maxHeight, children }: WideTableProps) => (
  <Table.ScrollContainer
    minWidth={minWidth}
    {...(maxHeight === undefined ? {} : { maxHeight })}
    scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label, role: 'region' } }}
  >
    {children}
  </Table.ScrollContainer>
);
