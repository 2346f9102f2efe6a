// This list holds the settings of a person. Settings, navigation and search read it. Pages about password and second
// factor work without scripts: the server draws those.
import {
  Building2,
  Eraser,
  KeyRound,
  LayoutGrid,
  type LucideIcon,
  MonitorSmartphone,
  ShieldAlert,
  Smartphone,
  UserRound,
} from 'lucide-react';

export interface AccountPage {
  to: string;
  label: string;
  words: string;
  icon: LucideIcon;
  /** True for a page that the server draws without the console. */
  plain?: boolean;
}

export const accountPages: readonly AccountPage[] = [
  { to: '/console/settings', label: 'Your profile', icon: UserRound, words: 'Your name and your ids.' },
  {
    to: '/console/settings/apps',
    label: 'Apps and websites',
    icon: LayoutGrid,
    words: 'What each app may do for you, and taking it back.',
  },
  {
    to: '/console/settings/integrations',
    label: 'Business integrations',
    icon: Building2,
    words: 'Apps that your businesses connected.',
  },
  {
    to: '/console/settings/sessions',
    label: 'Where you’re logged in',
    icon: MonitorSmartphone,
    words: 'Browsers with a session of yours.',
  },
  {
    to: '/console/settings/deletions',
    label: 'Data deletion',
    icon: Eraser,
    words: 'What you asked apps to delete, and what became of it.',
  },
  { to: '/settings/password', label: 'Password', icon: KeyRound, plain: true, words: 'A new one ends every token.' },
  {
    to: '/settings/two-factor',
    label: 'Two-factor authentication',
    icon: Smartphone,
    plain: true,
    words: 'A code besides the password.',
  },
  {
    to: '/settings/secure',
    label: 'Secure your account',
    icon: ShieldAlert,
    plain: true,
    words: 'Lock it when somebody else was in.',
  },
];
