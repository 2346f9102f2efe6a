// Every page of every console is drawn within these: the look, the memory of answers, windows and messages.
import 'virtual:mantine-styles';
import './style/index.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { nonce } from './nonce.ts';
import { queryClient } from './graph/query.ts';
import { Toasts } from './parts/toasts.tsx';
import { Windows } from './parts/windows/windows.tsx';
import { colourManager } from './shell/colours.ts';
import { cssVariables, theme } from './theme.ts';

/** Draws the pages of a router into the document. */
export function begin(pages: ReactNode): void {
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
            {pages}
            <Windows />
          </QueryClientProvider>
        </MantineProvider>
      </StrictMode>,
    );
}
