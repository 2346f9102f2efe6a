// The console of a vault starts in the browser here.
import './trusted-types.ts';
import { RouterProvider } from '@tanstack/react-router';
import { vaultRouter } from './vault-router.tsx';
import { begin } from './begin.tsx';

begin(<RouterProvider router={vaultRouter} />);
