// These are the apps on which the person has a role, and what the Explorer has to know of the one that is picked.
import { appRoles, isAppRole } from '@hallpass/protocol';
import { useQuery } from '@tanstack/react-query';
import { call } from './door.ts';
import { useSession } from './session.ts';

export interface MyApp {
  id: string;
  name: string;
  mode: 'live' | 'development';
  my_roles: readonly string[];
  login_type?: 'classic' | 'business';
}

interface List<T> {
  data: readonly T[];
}

/** Roles with which the dialog gives the Explorer a token. */
const explorerRoles: ReadonlySet<string> = new Set(['administrators', 'developers', 'testers']);

export const mayExplore = ({ my_roles: roles }: MyApp): boolean => roles.some((role) => explorerRoles.has(role));

export function useMyApps() {
  const session = useSession();
  return useQuery({
    queryKey: ['explorer-apps', session?.id],
    queryFn: () => call<List<MyApp>>('GET', '/me/apps', { fields: 'id,name,mode,my_roles,login_type', limit: 100 }),
    select: ({ data }) => data,
    enabled: Boolean(session),
  });
}

/**
 * Names of the permissions that the app may ask anybody for; everything else works for people with a role on it alone.
 */
export function useAdvancedAccess(appId: string | undefined) {
  return useQuery({
    queryKey: ['advanced-access', appId],
    queryFn: () => call<List<{ permission: string }>>('GET', `/${appId}/permissions`, { status: 'live', limit: 500 }),
    select: ({ data }) => new Set(data.map(({ permission }) => permission)),
    enabled: appId !== undefined,
    retry: false,
  });
}

export interface Configuration {
  id: string;
  name: string;
  permissions: readonly string[];
  token_type: 'user' | 'system_user';
}

/** The configurations of an app with Login for Business; only its administrators see them. */
export function useConfigurations(app: MyApp | undefined) {
  return useQuery({
    queryKey: ['configurations', app?.id],
    queryFn: () => call<List<Configuration>>('GET', `/${app?.id}/login_configurations`),
    // The token of an integration is made with the app secret, which no page of a browser has.
    select: ({ data }) => data.filter(({ token_type: kind }) => kind === 'user'),
    enabled: app?.login_type === 'business',
    retry: false,
  });
}

/** The roles on an app in the words of its dashboard. */
export const roleNames = (roles: readonly string[]): string =>
  roles.map((role) => (isAppRole(role) ? appRoles[role].title : role)).join(', ');
