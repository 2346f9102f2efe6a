// The frame of every page of the business settings: which business it is, and its parts in a row.
import { Alert, Anchor, Breadcrumbs, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Blocks, Bot, Briefcase, Eye, Handshake, Megaphone, Newspaper, SquareStack, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Id } from '../../parts/copy.tsx';
import { FailureBox } from '../../parts/failure.tsx';
import { LogInAsOther } from '../../parts/log-in/log-in-as-other.tsx';
import { Page } from '../../parts/page.tsx';
import { type Section, SectionNav } from '../../parts/section-nav.tsx';
import { SignedIn } from '../../parts/signed-in.tsx';
import { useBusiness } from './business.ts';

const sectionsOf = (businessId: string): Section[] => {
  const base = `/console/business/${businessId}`;
  return [
    { to: base, label: 'Business info', icon: Briefcase },
    { to: `${base}/people`, label: 'People', icon: Users },
    { to: `${base}/system-users`, label: 'System users', icon: Bot },
    { to: `${base}/pages`, label: 'Pages', icon: Newspaper },
    { to: `${base}/ad-accounts`, label: 'Ad accounts', icon: Megaphone },
    { to: `${base}/apps`, label: 'Apps', icon: SquareStack },
    { to: `${base}/partners`, label: 'Partners', icon: Handshake },
    { to: `${base}/integrations`, label: 'Connected apps', icon: Blocks },
  ];
};

interface BusinessFrameProps {
  businessId: string;
  /** The last part of the address of the open section; empty for the first one. */
  section: '' | 'people' | 'system-users' | 'pages' | 'ad-accounts' | 'apps' | 'partners' | 'integrations';
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** For a page inside of a section: how the section is called. */
  inside?: string;
  children: ReactNode;
}

export function BusinessFrame({ businessId, section, title, lead, actions, inside, children }: BusinessFrameProps) {
  const { data: business, error, refetch } = useBusiness(businessId);
  const base = `/console/business/${businessId}`;
  const current = section === '' ? base : `${base}/${section}`;
  return (
    <Page
      title={title}
      lead={lead}
      actions={actions}
      above={
        <>
          <Group gap="xs" justify="space-between">
            <Breadcrumbs separator="›" className="crumbs">
              <Anchor component={Link} to="/console/business" inherit>
                Businesses
              </Anchor>
              {inside === undefined ? (
                <Text span inherit>
                  <bdi>{business?.name ?? businessId}</bdi>
                </Text>
              ) : (
                <Anchor component={Link} to={base} inherit>
                  <bdi>{business?.name ?? businessId}</bdi>
                </Anchor>
              )}
              {inside !== undefined && (
                <Anchor component={Link} to={current} inherit>
                  {inside}
                </Anchor>
              )}
            </Breadcrumbs>
            <Id value={businessId} what="business id" />
          </Group>
          <SectionNav label="Business settings" sections={sectionsOf(businessId)} current={current} />
        </>
      }
    >
      {business?.my_role === 'EMPLOYEE' && (
        <Alert color="note" variant="light" icon={<Eye size={18} />} title="You’re an employee of this business">
          You can look at everything here. Administrators can change it.
        </Alert>
      )}
      <SignedIn to="see the settings of a business" icon={Briefcase}>
        {error && !business ? (
          <Stack gap="sm" align="flex-start">
            <FailureBox error={error} onRetry={() => void refetch()} />
            <LogInAsOther />
          </Stack>
        ) : (
          children
        )}
      </SignedIn>
    </Page>
  );
}
