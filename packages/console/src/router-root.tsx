// All routes of the console hang on these two: the root, and the frame with bar, tools and drawer around a page.
import { createRootRoute, createRoute } from '@tanstack/react-router';
import { NotFound } from './parts/not-found.tsx';
import { Shell } from './shell/shell.tsx';

export const root = createRootRoute({ notFoundComponent: () => <NotFound /> });
export const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
