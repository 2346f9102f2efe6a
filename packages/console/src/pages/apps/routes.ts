// These are the pages of the app dashboard: each address, and the file that is loaded when somebody opens it.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../router-root.tsx';

const apps = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps',
  component: lazyRouteComponent(() => import('./apps.tsx'), 'AppsPage'),
});
const create = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/create',
  component: lazyRouteComponent(() => import('./create-app.tsx'), 'CreateAppPage'),
});
const reviews = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/reviews',
  component: lazyRouteComponent(() => import('./access/reviews.tsx'), 'ReviewsPage'),
});
const home = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId',
  component: lazyRouteComponent(() => import('./home.tsx'), 'AppHomePage'),
});
const basic = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/settings/basic',
  component: lazyRouteComponent(() => import('./settings/basic.tsx'), 'BasicSettingsPage'),
});
const advanced = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/settings/advanced',
  component: lazyRouteComponent(() => import('./settings/advanced.tsx'), 'AdvancedSettingsPage'),
});
const login = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/login',
  component: lazyRouteComponent(() => import('./login/login.tsx'), 'LoginPage'),
});
const configurations = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/login/configurations',
  component: lazyRouteComponent(() => import('./login/configurations.tsx'), 'ConfigurationsPage'),
});
const roles = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/roles',
  component: lazyRouteComponent(() => import('./team/roles.tsx'), 'RolesPage'),
});
const permissions = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/permissions',
  component: lazyRouteComponent(() => import('./access/permissions.tsx'), 'PermissionsPage'),
});
const testUsers = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/test-users',
  component: lazyRouteComponent(() => import('./team/test-users.tsx'), 'TestUsersPage'),
});
const webhooks = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/webhooks',
  component: lazyRouteComponent(() => import('./webhooks/webhooks.tsx'), 'WebhooksPage'),
});
const usage = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/usage',
  component: lazyRouteComponent(() => import('./use/usage.tsx'), 'UsagePage'),
});
const errors = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/errors',
  component: lazyRouteComponent(() => import('./use/errors.tsx'), 'ErrorsPage'),
});
const alerts = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/alerts',
  component: lazyRouteComponent(() => import('./use/alerts.tsx'), 'AlertsPage'),
});
const tokens = createRoute({
  getParentRoute: () => shell,
  path: '/console/apps/$appId/tokens',
  component: lazyRouteComponent(() => import('./use/tokens.tsx'), 'TokensPage'),
});

export const appRoutes = [
  apps,
  create,
  reviews,
  home,
  basic,
  advanced,
  login,
  configurations,
  roles,
  permissions,
  testUsers,
  webhooks,
  usage,
  errors,
  alerts,
  tokens,
];
