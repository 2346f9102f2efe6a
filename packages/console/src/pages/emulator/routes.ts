// These are the pages about the emulator itself: each address, and the file that is loaded when somebody opens it.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../../router-root.tsx';

const calls = createRoute({
  getParentRoute: () => shell,
  path: '/console/emulator',
  component: lazyRouteComponent(() => import('./calls/calls.tsx'), 'CallsPage'),
});
const clock = createRoute({
  getParentRoute: () => shell,
  path: '/console/emulator/clock',
  component: lazyRouteComponent(() => import('./clock.tsx'), 'ClockPage'),
});
const faults = createRoute({
  getParentRoute: () => shell,
  path: '/console/emulator/faults',
  component: lazyRouteComponent(() => import('./faults/faults.tsx'), 'FaultsPage'),
});
const stories = createRoute({
  getParentRoute: () => shell,
  path: '/console/emulator/stories',
  component: lazyRouteComponent(() => import('./stories.tsx'), 'StoriesPage'),
});
const worlds = createRoute({
  getParentRoute: () => shell,
  path: '/console/emulator/worlds',
  component: lazyRouteComponent(() => import('./worlds/worlds.tsx'), 'WorldsPage'),
});
const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/console/emulator/inbox',
  component: lazyRouteComponent(() => import('./inbox/inbox.tsx'), 'InboxPage'),
});
const deliveries = createRoute({
  getParentRoute: () => shell,
  path: '/console/emulator/deliveries',
  component: lazyRouteComponent(() => import('./deliveries/deliveries.tsx'), 'DeliveriesPage'),
});
const tokens = createRoute({
  getParentRoute: () => shell,
  path: '/console/emulator/tokens',
  component: lazyRouteComponent(() => import('./tokens/tokens.tsx'), 'TokenLivesPage'),
});

export const emulatorRoutes = [calls, clock, faults, stories, worlds, inbox, deliveries, tokens] as const;
