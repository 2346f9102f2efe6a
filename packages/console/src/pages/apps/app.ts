// The app that a page is about, as its dashboard knows it, and what the person may do with it.
import { type AppAct, type AppRole, rolesThatMay } from '@hallpass/protocol';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../graph/door.ts';

export interface App {
  id: string;
  name: string;
  mode: 'live' | 'development';
  archived: boolean;
  my_roles: readonly AppRole[];
  /** 1 for native and desktop apps. */
  app_type: 0 | 1;
  login_type: 'classic' | 'business';
  created_time: string;
}

const fields = 'id,name,mode,archived,my_roles,app_type,login_type,created_time';

export const appKey = (appId: string): readonly string[] => ['app', appId];

export const useApp = (appId: string) =>
  useQuery({ queryKey: appKey(appId), queryFn: () => call<App>('GET', `/${appId}`, { fields }), retry: false });

/** True when a role of the person on the app allows the act. */
export const may = ({ my_roles: roles }: Pick<App, 'my_roles'>, act: AppAct): boolean => {
  const allowed: readonly string[] = rolesThatMay(act);
  return roles.some((role) => allowed.includes(role));
};

/** Epoch seconds of a moment as the Graph writes it. */
export const seconds = (moment: string): number => Math.floor(Date.parse(moment) / 1000);
