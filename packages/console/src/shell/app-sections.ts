// These are the pages about one app, in the order of their row of links.
import {
  Bell,
  ChartNoAxesColumn,
  CircleGauge,
  FileWarning,
  KeyRound,
  type LucideIcon,
  LogIn,
  Settings,
  ShieldCheck,
  SlidersHorizontal,
  TestTubeDiagonal,
  Users,
  Webhook,
} from 'lucide-react';

export interface AppSection {
  /** Below the address of the app. */
  path: string;
  label: string;
  icon: LucideIcon;
  /** Ends the sentence "… of this app" in the search. */
  words: string;
}

export const appSections: readonly AppSection[] = [
  { path: '', label: 'Dashboard', icon: CircleGauge, words: 'Health report' },
  { path: '/settings/basic', label: 'Basic', icon: Settings, words: 'Basic settings, App ID and App Secret' },
  {
    path: '/settings/advanced',
    label: 'Advanced',
    icon: SlidersHorizontal,
    words: 'Advanced settings and Client Token',
  },
  { path: '/login', label: 'Login', icon: LogIn, words: 'Log-in settings, redirect addresses and their checker' },
  { path: '/roles', label: 'Roles', icon: Users, words: 'People and invitations' },
  { path: '/permissions', label: 'Permissions', icon: ShieldCheck, words: 'Permissions, access levels and app mode' },
  { path: '/test-users', label: 'Test users', icon: TestTubeDiagonal, words: 'Test users' },
  { path: '/webhooks', label: 'Webhooks', icon: Webhook, words: 'Callbacks, webhooks and their deliveries' },
  { path: '/usage', label: 'Usage', icon: ChartNoAxesColumn, words: 'Calls, people and limits' },
  { path: '/errors', label: 'Errors', icon: FileWarning, words: 'Errors by code' },
  { path: '/alerts', label: 'Alerts', icon: Bell, words: 'Alerts' },
  { path: '/tokens', label: 'Tokens', icon: KeyRound, words: 'Who has tokens' },
];

export const addressOfApp = (appId: string, path = ''): string => `/console/apps/${appId}${path}`;
