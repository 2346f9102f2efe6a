// The tools of the console and what it manages, with their icons. Navigation, first page and search read this list.
import { ArrowUpCircle, Briefcase, Bug, Compass, KeyRound, type LucideIcon, SquareStack } from 'lucide-react';
import { type emulatorPlaces, managePlaces, toolPlaces } from '@hallpass/pages/places';

type Listed = (typeof toolPlaces | typeof managePlaces)[number];

export type Tool = Pick<Listed | (typeof emulatorPlaces)[number], 'path' | 'label' | 'words'> & { icon: LucideIcon };

const icons: Readonly<Record<Listed['key'], LucideIcon>> = {
  explorer: Compass,
  debugger: Bug,
  tokens: KeyRound,
  versions: ArrowUpCircle,
  myApps: SquareStack,
  business: Briefcase,
};

const withIcon = (place: Listed): Tool => ({ ...place, icon: icons[place.key] });

export const tools: readonly Tool[] = toolPlaces.map(withIcon);

/** These lead to what somebody manages; each has many pages below it. */
export const dashboards: readonly Tool[] = managePlaces.map(withIcon);
