// The console of a platform or emulator starts in the browser here.
import './trusted-types.ts';
import { RouterProvider } from '@tanstack/react-router';
import { begin } from './begin.tsx';
import { router } from './router.tsx';

begin(<RouterProvider router={router} />);
