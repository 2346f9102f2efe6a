// These are the settings of a person: each address, and the file that is loaded when somebody opens it.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../router-root.tsx';
import { openedApp } from './apps/opened-app.ts';

const profile = createRoute({
  getParentRoute: () => shell,
  path: '/console/settings',
  component: lazyRouteComponent(() => import('./profile.tsx'), 'ProfilePage'),
});
const apps = createRoute({
  getParentRoute: () => shell,
  path: '/console/settings/apps',
  validateSearch: openedApp,
  component: lazyRouteComponent(() => import('./apps/apps.tsx'), 'AppsPage'),
});
const integrations = createRoute({
  getParentRoute: () => shell,
  path: '/console/settings/integrations',
  component: lazyRouteComponent(() => import('./integrations.tsx'), 'BusinessIntegrationsPage'),
});
const sessions = createRoute({
  getParentRoute: () => shell,
  path: '/console/settings/sessions',
  component: lazyRouteComponent(() => import('./sessions.tsx'), 'SessionsPage'),
});
const deletions = createRoute({
  getParentRoute: () => shell,
  path: '/console/settings/deletions',
  component: lazyRouteComponent(() => import('./deletions.tsx'), 'DeletionsPage'),
});

export const settingsRoutes = [profile, apps, integrations, sessions, deletions] as const;
