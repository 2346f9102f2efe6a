// Only somebody who is logged in can see what stands in here. When the session ends while it's shown, it stays: the
// notice of the shell says so, and nothing that was typed is lost.
import { Anchor, Skeleton } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { pageOwner } from '../graph/current-session.ts';
import { logInAddress, useSession } from '../graph/session.ts';
import { Empty } from './empty.tsx';

interface SignedInProps {
  /** Ends the sentence "Log in to …", e.g. `see your apps`. */
  to: string;
  icon: LucideIcon;
  children: ReactNode;
}

export function SignedIn({ to, icon, children }: SignedInProps) {
  const session = useSession();
  if (session || pageOwner()) return children;
  if (session === undefined) return <Skeleton h={200} aria-label="Loading" />;
  return (
    <Empty icon={icon} title={`Log in to ${to}`}>
      <Anchor href={logInAddress()}>Log in</Anchor>
    </Empty>
  );
}
