// All migrations, in order.
import type { Migration } from '@hallpass/db';
import { first } from './0001-first.ts';
import { deviceCodes } from './0003-device-codes.ts';

export const migrations: readonly Migration[] = [first, deviceCodes];
