// Every act of the operator by its name, which is the command's.
import type { PlatformAct } from '../platform-act.ts';
import { appOwnActs } from './app-acts.ts';
import { pageActs } from './page-acts.ts';
import { personOwnActs } from './person-acts.ts';
import { safetyActs } from './safety-acts.ts';
import { seedActs } from './seed-acts.ts';
import { tableActs } from './table-acts.ts';

export const platformActs = { ...tableActs, ...appOwnActs, ...personOwnActs, ...pageActs, ...seedActs, ...safetyActs };

export type ActName = keyof typeof platformActs;

/** The input that an act takes. */
export type ActInput<Name extends ActName> =
  (typeof platformActs)[Name] extends PlatformAct<infer Input> ? Input : never;
