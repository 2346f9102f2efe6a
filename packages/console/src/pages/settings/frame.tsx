// The frame of a person's settings: their parts in a row.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSession } from '../../graph/session.ts';
import { Page } from '../../parts/page.tsx';
import { SectionNav } from '../../parts/section-nav.tsx';
import { SignedIn } from '../../parts/signed-in.tsx';
import { accountPages } from '../../shell/account-pages.ts';

interface SettingsFrameProps {
  /** The address of the open section. */
  current: string;
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  icon: LucideIcon;
  children: ReactNode;
}

export function SettingsFrame({ current, title, lead, actions, icon, children }: SettingsFrameProps) {
  const session = useSession();
  return (
    <Page
      title={title}
      lead={lead}
      actions={session && actions}
      above={<SectionNav label="Your settings" sections={accountPages} current={current} listedAtLeft />}
    >
      <SignedIn to="see your settings" icon={icon}>
        {children}
      </SignedIn>
    </Page>
  );
}
