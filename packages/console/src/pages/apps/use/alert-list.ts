// The alerts of an app, newest first.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../graph/door.ts';

export interface AppAlert {
  id: string;
  type: string;
  title: string;
  message: string;
  people: number;
  about?: string;
  created_time: string;
}

export const useAlerts = (appId: string) =>
  useQuery({
    queryKey: ['app-alerts', appId],
    queryFn: () => call<{ data: readonly AppAlert[] }>('GET', `/${appId}/alerts`, { limit: 100 }),
    select: ({ data }) => data,
  });
