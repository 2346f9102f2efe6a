// Of which objects and fields apps can be told: those whose changes happen here, and no others. A subscription that could
// never be served is refused when it is made.
import { type Permission, permissions } from '@hallpass/protocol';
import type { NoticeKind } from '../store/schema.ts';

export const noticeFields: Readonly<Record<NoticeKind, readonly string[]>> = {
  /** Posts that a Page publishes, changes or deletes; the app must be installed on the Page (subscribed_apps). */
  page: ['feed'],
  /** Permissions that people grant and revoke. */
  permissions: Object.keys(permissions) as Permission[],
  /** What changes about people who use the app. */
  user: ['name'],
};

export const noticeKinds = Object.keys(noticeFields) as NoticeKind[];
