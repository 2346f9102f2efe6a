// This list holds all migrations, in order.
import type { Migration } from '@hallpass/db';
import { first } from './0001-first.ts';
import { businesses } from './0002-businesses.ts';
import { deviceCodes } from './0003-device-codes.ts';
import { adAccounts } from './0004-ad-accounts.ts';
import { loginConfigurations } from './0005-login-configurations.ts';
import { appLife } from './0006-app-life.ts';
import { outbox } from './0007-outbox.ts';
import { usage } from './0008-usage.ts';
import { limitedLogin } from './0009-limited-login.ts';
import { testWorlds } from './0010-test-worlds.ts';
import { businessLife } from './0011-business-life.ts';
import { secondFactor } from './0012-second-factor.ts';
import { partners } from './0013-partners.ts';
import { clientApps } from './0014-client-apps.ts';
import { makers } from './0015-makers.ts';
import { postChanges } from './0016-post-changes.ts';
import { adReportRuns } from './0017-ad-report-runs.ts';
import { appAlerts } from './0018-app-alerts.ts';
import { strangers } from './0019-strangers.ts';
import { pageContent } from './0020-page-content.ts';
import { appUse } from './0021-app-use.ts';
import { loginVersions } from './0022-login-versions.ts';
import { feedWithoutOrder } from './0023-feed-without-order.ts';
import { auditLanes } from './0024-audit-lanes.ts';
import { idsOfPeople } from './0025-ids-of-people.ts';

export const migrations: readonly Migration[] = [
  first,
  businesses,
  deviceCodes,
  adAccounts,
  loginConfigurations,
  appLife,
  outbox,
  usage,
  limitedLogin,
  testWorlds,
  businessLife,
  secondFactor,
  partners,
  clientApps,
  makers,
  postChanges,
  adReportRuns,
  appAlerts,
  strangers,
  pageContent,
  appUse,
  loginVersions,
  feedWithoutOrder,
  auditLanes,
  idsOfPeople,
];
