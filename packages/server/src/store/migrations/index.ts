// All migrations, in order.
import type { Migration } from '@hallpass/db';
import { first } from './0001-first.ts';
import { businesses } from './0002-businesses.ts';
import { deviceCodes } from './0003-device-codes.ts';
import { loginConfigurations } from './0005-login-configurations.ts';
import { appLife } from './0006-app-life.ts';
import { usage } from './0008-usage.ts';
import { limitedLogin } from './0009-limited-login.ts';

export const migrations: readonly Migration[] = [first, businesses, deviceCodes, loginConfigurations, appLife, usage, limitedLogin];
