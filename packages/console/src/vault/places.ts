// The pages of a vault's console, with their icons. Its column of places and its search read this list.
import { Cable, CalendarClock, KeyRound, type LucideIcon, Mail, Settings } from 'lucide-react';

interface Place {
  path: string;
  label: string;
  words: string;
  icon: LucideIcon;
}

/** The first page. Its type is wide, because the routes of a vault are not those of a platform. */
export const HOME: string = '/console';

export const MAILS: string = '/console/mails';

export const places: readonly Place[] = [
  { path: HOME, label: 'Connections', words: 'Every connection, with its state and owner', icon: Cable },
  { path: '/console/timeline', label: 'Timeline', words: 'What ends in the next 90 days', icon: CalendarClock },
  { path: MAILS, label: 'Mail log', words: 'Who was told what, and whether it arrived', icon: Mail },
  { path: '/console/keys', label: 'Keys', words: 'Keys of the service, and those that seal', icon: KeyRound },
  { path: '/console/settings', label: 'Settings', words: 'Mails, calendar, apps, findings', icon: Settings },
];

export const addressOfConnection = (id: string): string => `/console/connections/${encodeURIComponent(id)}`;
