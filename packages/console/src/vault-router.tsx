// The router of a vault's console knows every page of it: its address, and the file that is loaded when somebody opens it.
import { createRoute, createRouter } from '@tanstack/react-router';
import { NotFound } from './parts/not-found.tsx';
import { PageFailed, PageLoading } from './parts/page-states.tsx';
import { closeWindows } from './parts/windows/close-windows.ts';
import { vaultRoutes } from './pages/vault/routes.ts';
import { HOME } from './vault/places.ts';
import { root, shell } from './vault/root.tsx';

const nothing = createRoute({ getParentRoute: () => shell, path: '$', component: () => <NotFound home={HOME} /> });

export const vaultRouter = createRouter({
  routeTree: root.addChildren([shell.addChildren([...vaultRoutes, nothing])]),
  defaultPreload: 'intent',
  defaultPendingComponent: PageLoading,
  defaultErrorComponent: PageFailed,
  trailingSlash: 'preserve',
});

vaultRouter.subscribe('onBeforeNavigate', ({ pathChanged }) => {
  if (pathChanged) closeWindows();
});
