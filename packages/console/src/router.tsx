// The router knows every page of the console: its address, and the file that is loaded when somebody opens it.
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { PageLoading, PageFailed } from './parts/page-states.tsx';
import { NotFound } from './parts/not-found.tsx';
import { closeWindows } from './parts/windows/close-windows.ts';
import { appRoutes } from './pages/apps/routes.ts';
import { businessRoutes } from './pages/business/routes.ts';
import { emulatorRoutes } from './pages/emulator/routes.ts';
import { settingsRoutes } from './pages/settings/routes.ts';
import { root, shell } from './router-root.tsx';
import { sharedCall } from './pages/explorer/request/shared-call.ts';

const start = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/start.tsx'), 'StartPage'),
});
const explorer = createRoute({
  getParentRoute: () => shell,
  path: '/tools/explorer',
  validateSearch: sharedCall,
  component: lazyRouteComponent(() => import('./pages/explorer/explorer.tsx'), 'ExplorerPage'),
});
const tokenDebugger = createRoute({
  getParentRoute: () => shell,
  path: '/tools/debug/accesstoken',
  component: lazyRouteComponent(() => import('./pages/debugger/debugger.tsx'), 'DebuggerPage'),
});
const tokenTool = createRoute({
  getParentRoute: () => shell,
  path: '/tools/accesstoken',
  component: lazyRouteComponent(() => import('./pages/token-tool/token-tool.tsx'), 'TokenToolPage'),
});
const versions = createRoute({
  getParentRoute: () => shell,
  path: '/tools/versions',
  component: lazyRouteComponent(() => import('./pages/versions/versions.tsx'), 'VersionsPage'),
});
const nothing = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound });
/** The dialog that the Explorer opened answers here; without the shell, since it closes at once. */
const explorerReturn = createRoute({
  getParentRoute: () => root,
  path: '/tools/explorer/callback',
  component: lazyRouteComponent(() => import('./dialog/dialog-return.tsx'), 'DialogReturnPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    shell.addChildren([
      start,
      explorer,
      tokenDebugger,
      tokenTool,
      versions,
      ...appRoutes,
      ...businessRoutes,
      ...settingsRoutes,
      ...emulatorRoutes,
      nothing,
    ]),
    explorerReturn,
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
  trailingSlash: 'preserve',
});

router.subscribe('onBeforeNavigate', ({ pathChanged }) => {
  if (pathChanged) closeWindows();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
