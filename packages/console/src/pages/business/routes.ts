// These are the pages of the business settings: each address, and the file that is loaded when somebody opens it.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../router-root.tsx';

const businesses = createRoute({
  getParentRoute: () => shell,
  path: '/console/business',
  component: lazyRouteComponent(() => import('./businesses.tsx'), 'BusinessesPage'),
});
const people = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/people',
  component: lazyRouteComponent(() => import('./people/people.tsx'), 'PeoplePage'),
});
const person = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/people/$businessUserId',
  component: lazyRouteComponent(() => import('./people/person.tsx'), 'PersonPage'),
});
const systemUsers = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/system-users',
  component: lazyRouteComponent(() => import('./system-users/system-users.tsx'), 'SystemUsersPage'),
});
const systemUser = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/system-users/$systemUserId',
  component: lazyRouteComponent(() => import('./system-users/system-user.tsx'), 'SystemUserPage'),
});
const pages = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/pages',
  component: lazyRouteComponent(() => import('./assets/pages.tsx'), 'PagesPage'),
});
const page = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/pages/$pageId',
  component: lazyRouteComponent(() => import('./assets/page.tsx'), 'OnePagePage'),
});
const adAccounts = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/ad-accounts',
  component: lazyRouteComponent(() => import('./assets/ad-accounts.tsx'), 'AdAccountsPage'),
});
const adAccount = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/ad-accounts/$adAccountId',
  component: lazyRouteComponent(() => import('./assets/ad-account.tsx'), 'AdAccountPage'),
});
const apps = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/apps',
  component: lazyRouteComponent(() => import('./assets/apps.tsx'), 'BusinessAppsPage'),
});
const partners = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/partners',
  component: lazyRouteComponent(() => import('./partners.tsx'), 'PartnersPage'),
});
const integrations = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId/integrations',
  component: lazyRouteComponent(() => import('./integrations.tsx'), 'IntegrationsPage'),
});
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/console/business/$businessId',
  component: lazyRouteComponent(() => import('./business-info.tsx'), 'BusinessInfoPage'),
});

export const businessRoutes = [
  businesses,
  settings,
  people,
  person,
  systemUsers,
  systemUser,
  pages,
  page,
  adAccounts,
  adAccount,
  apps,
  partners,
  integrations,
] as const;
