// The frame around every page of a platform or emulator: its tools at the left, the drawer of Graph calls at the bottom.
import { Outlet } from '@tanstack/react-router';
import { lazy } from 'react';
import { useSessionNews } from '../graph/session.ts';
import { CallsBar } from './calls-bar.tsx';
import { Frame } from './frame.tsx';
import { Navigation } from './navigation.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SessionNotice } from './session-notice.tsx';

const Finder = lazy(async () => ({ default: (await import('./finder.tsx')).Finder }));

export function Shell() {
  useSessionNews();
  return (
    <Frame
      home="/"
      finder={Finder}
      account={<PersonMenu />}
      navigation={(close) => <Navigation onGo={close} />}
      footer={<CallsBar />}
    >
      <SessionNotice />
      <Outlet />
    </Frame>
  );
}
