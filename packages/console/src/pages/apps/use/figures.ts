// Figures of an app day by day, and the spans of time in which they can be looked at.
import { useQuery } from '@tanstack/react-query';
import { serverNow } from '../../../graph/clock.ts';

export interface Figure {
  name: string;
  calls: number;
  values: readonly { value: number; end_time: string }[];
  doc?: string;
  code?: number;
  error_subcode?: number;
}

export const spans = [
  { value: '7', label: '7 days' },
  { value: '28', label: '28 days' },
  { value: '90', label: '90 days' },
];

const DAY = 86_400;

/** Epoch seconds of the first day of a span that ends today. @param days as `spans` write it */
export const sinceOf = (days: string): number => (Math.floor(serverNow() / DAY) - Number(days) + 1) * DAY;

export const useFigures = (
  appId: string,
  what: string,
  since: number,
  read: () => Promise<{ data: readonly Figure[] }>,
) => useQuery({ queryKey: ['figures', appId, what, since], queryFn: read, select: ({ data }) => data, staleTime: 0 });
