// The console starts in the browser here.
import './trusted-types.ts';
import './mantine-styles.ts';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './style.css';
import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { nonce } from './nonce.ts';
import { queryClient } from './graph/query.ts';
import { ConfirmWindow } from './parts/confirm.tsx';
import { PasswordWindow } from './parts/confirm-password.tsx';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

const place = document.getElementById('console');
if (place)
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queryClient}>
          <ModalsProvider>
            <Notifications position="bottom-left" />
            <RouterProvider router={router} />
            <ConfirmWindow />
            <PasswordWindow />
          </ModalsProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
