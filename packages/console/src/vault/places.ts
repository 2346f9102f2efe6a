// The pages of a vault's console, with their icons. Its column of places and its search read this list.
import { Cable, type LucideIcon } from 'lucide-react';

interface Place {
  path: string;
  label: string;
  words: string;
  icon: LucideIcon;
}

/** The first page. Its type is wide, because the routes of a vault are not those of a platform. */
export const HOME: string = '/console';

export const places: readonly Place[] = [
  { path: HOME, label: 'Connections', words: 'Every connection, how it stands and whose it is', icon: Cable },
];

export const addressOfConnection = (id: string): string => `/console/connections/${encodeURIComponent(id)}`;
