// These tables say of which objects and fields apps can be told. A subscription takes every field that the documents
// name, so that a program which subscribes to all of them works; notices come for those whose changes happen here.
// Sources: the webhooks references of Page, permissions and user; restfb/restfb#1020 for `connected`.
import { keysOf, oldNames, pageWebhookFields, permissions, retiredPermissions } from '@hallpass/protocol';
import type { NoticeKind } from '../store/outbox/tables.ts';

/** The field of notices that a person added the app or removed it. */
export const CONNECTED = 'connected';

export const noticeFields: Readonly<Record<NoticeKind, readonly string[]>> = {
  /**
   * Of Pages that the app is installed on (subscribed_apps). Here happen `feed`, where posts and comments are published,
   * changed, hidden or deleted, and `bio`, `company_overview`, `description`, `email`, `general_info`, `mission`, `phone`
   * and `website`, where the profile of the Page is changed.
   */
  page: pageWebhookFields,
  /**
   * Permissions that people grant and revoke, and that they add and remove the app. Those that were retired never
   * change.
   */
  permissions: [CONNECTED, ...Object.keys(permissions), ...Object.keys(oldNames), ...retiredPermissions.keys()],
  /**
   * These fields change about people who use the app. Here change names (`name`, `first_name`, `middle_name`,
   * `last_name`), `email` and, between test users, `friends`.
   */
  // biome-ignore format: a list of words
  user: [
    'about', 'activities', 'birthday', 'books', 'education', 'email', 'events', 'fbe_install', 'feed', 'first_name', 'friends', 'gender', 'hometown',
    'interests', 'languages', 'last_name', 'likes', 'link', 'live_videos', 'locale', 'location', 'middle_name', 'movies', 'music', 'name', 'photos',
    'pic', 'picture', 'political', 'relationship_status', 'religion', 'status', 'statuses', 'television', 'timezone', 'username', 'videos', 'website',
    'work',
  ],
};

export const noticeKinds = keysOf(noticeFields);
