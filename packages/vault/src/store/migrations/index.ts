// This list holds all migrations of the vault, in order.
import type { Migration } from '@hallpass/db';
import { first } from './0001-first.ts';
import { consoleSessions } from './0002-console-sessions.ts';
import { tenants } from './0003-tenants.ts';
import { handles } from './0004-handles.ts';
import { adoptions } from './0005-adoptions.ts';
import { roomInPages } from './0006-room-in-pages.ts';
import { lookups } from './0007-lookups.ts';
import { looks } from './0008-looks.ts';

export const migrations: readonly Migration[] = [
  first,
  consoleSessions,
  tenants,
  handles,
  adoptions,
  roomInPages,
  lookups,
  looks,
];
