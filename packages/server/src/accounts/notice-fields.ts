// Of which objects and fields apps can be told, and which of them something happens to here. Only fields of Pages can be asked
// for without that: tools for messages and leads do so before anything else, and hear nothing.
import { pageWebhookFields, type Permission, permissions } from '@hallpass/protocol';
import type { NoticeKind } from '../store/schema.ts';

const permissionNames = Object.keys(permissions) as Permission[];

/** What an app may ask for. */
export const noticeFields: Readonly<Record<NoticeKind, readonly string[]>> = {
  /** About Pages; the app must be installed on the Page (subscribed_apps). */
  page: pageWebhookFields,
  /** Permissions that people grant and revoke. */
  permissions: permissionNames,
  /** What changes about people who use the app. */
  user: ['name'],
};

/** What a subscription without a list of fields is to: everything that notices are sent of. */
export const sentFields: Readonly<Record<NoticeKind, readonly string[]>> = {
  /** Posts that a Page publishes or deletes. */
  page: ['feed'],
  permissions: permissionNames,
  user: ['name'],
};

export const noticeKinds = Object.keys(noticeFields) as NoticeKind[];
