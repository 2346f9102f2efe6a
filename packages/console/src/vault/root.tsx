// All routes of a vault's console hang on these two: the root, and the frame around a page, which lets in who is signed in.
import { Skeleton } from '@mantine/core';
import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { NotFound } from '../parts/not-found.tsx';
import { Frame } from '../shell/frame.tsx';
import { Account } from './account.tsx';
import { VaultNavigation } from './navigation.tsx';
import { HOME } from './places.ts';
import { askSession, vaultSession } from './session.ts';

const Finder = lazy(async () => ({ default: (await import('./finder.tsx')).VaultFinder }));
const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }));

function VaultShell() {
  const session = vaultSession.use();
  useEffect(() => {
    void askSession();
  }, []);
  return (
    <Frame
      home={HOME}
      finder={session ? Finder : undefined}
      account={<Account />}
      navigation={(close) => (session ? <VaultNavigation onGo={close} /> : null)}
    >
      {session === undefined ? <Skeleton h={200} aria-label="Loading" /> : null}
      {session === null ? (
        <Suspense>
          <SignIn />
        </Suspense>
      ) : null}
      {session ? <Outlet /> : null}
    </Frame>
  );
}

export const root = createRootRoute({ notFoundComponent: () => <NotFound home={HOME} /> });
export const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: VaultShell });
