// These are the pages of a vault's console: each address, and the file that is loaded when somebody opens it.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../vault/root.tsx';

const connections = createRoute({
  getParentRoute: () => shell,
  path: '/console',
  component: lazyRouteComponent(() => import('./connections/connections.tsx'), 'ConnectionsPage'),
});
const connection = createRoute({
  getParentRoute: () => shell,
  path: '/console/connections/$id',
  component: lazyRouteComponent(() => import('./connection/connection.tsx'), 'ConnectionPage'),
});

const timeline = createRoute({
  getParentRoute: () => shell,
  path: '/console/timeline',
  component: lazyRouteComponent(() => import('./timeline/timeline.tsx'), 'TimelinePage'),
});
const mails = createRoute({
  getParentRoute: () => shell,
  path: '/console/mails',
  component: lazyRouteComponent(() => import('./mails/mails.tsx'), 'MailsPage'),
});

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/console/keys',
  component: lazyRouteComponent(() => import('./keys/keys.tsx'), 'KeysPage'),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/console/settings',
  component: lazyRouteComponent(() => import('./settings/settings.tsx'), 'SettingsPage'),
});

export const vaultRoutes = [connections, connection, timeline, mails, keys, settings] as const;
