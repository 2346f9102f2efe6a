// The settings of a person, with their icons. Pages that work without scripts are drawn by the server.
import {
  Building2,
  Eraser,
  Flag,
  KeyRound,
  LayoutGrid,
  type LucideIcon,
  Mail,
  MonitorSmartphone,
  ShieldAlert,
  Smartphone,
  UserRound,
} from 'lucide-react';
import { type AccountPlaceKey, accountPlaces } from '@hallpass/pages/places';

export interface AccountPage {
  to: string;
  label: string;
  words: string;
  icon: LucideIcon;
  /** True for a page that the server draws without the console. */
  plain: boolean;
}

const icons: Readonly<Record<AccountPlaceKey, LucideIcon>> = {
  profile: UserRound,
  apps: LayoutGrid,
  integrations: Building2,
  sessions: MonitorSmartphone,
  deletions: Eraser,
  newPage: Flag,
  email: Mail,
  password: KeyRound,
  twoFactor: Smartphone,
  secure: ShieldAlert,
};

export const accountPages: readonly AccountPage[] = accountPlaces.map((place) => ({
  to: 'console' in place ? place.console : place.plain,
  label: place.label,
  words: place.words,
  icon: icons[place.key],
  plain: !('console' in place),
}));
