// The pages about the emulator itself, with their icons. A platform has none of them.
import { BookOpen, Clock3, Globe, Inbox, KeySquare, type LucideIcon, RadioTower, Send, Zap } from 'lucide-react';
import { type EmulatorPlaceKey, emulatorPlaces } from '@hallpass/pages/places';
import type { Tool } from './tools.ts';

const icons: Readonly<Record<EmulatorPlaceKey, LucideIcon>> = {
  calls: RadioTower,
  clock: Clock3,
  faults: Zap,
  stories: BookOpen,
  worlds: Globe,
  inbox: Inbox,
  deliveries: Send,
  lives: KeySquare,
};

export const emulatorPages: readonly Tool[] = emulatorPlaces.map((place) => ({ ...place, icon: icons[place.key] }));
