// The console starts in the browser here.
import './trusted-types.ts';
import 'virtual:mantine-styles';
import './style.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { nonce } from './nonce.ts';
import { queryClient } from './graph/query.ts';
import { Toasts } from './parts/toasts.tsx';
import { Windows } from './parts/windows/windows.tsx';
import { router } from './router.tsx';
import { colourManager } from './shell/colours.ts';
import { cssVariables, theme } from './theme.ts';

const place = document.getElementById('console');
if (place)
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        colorSchemeManager={colourManager}
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queryClient}>
          <Toasts />
          <RouterProvider router={router} />
          <Windows />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
