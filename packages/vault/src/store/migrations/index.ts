// This list holds all migrations of the vault, in order.
import type { Migration } from '@hallpass/db';
import { first } from './0001-first.ts';
import { adoptions } from './0002-adoptions.ts';

export const migrations: readonly Migration[] = [first, adoptions];
