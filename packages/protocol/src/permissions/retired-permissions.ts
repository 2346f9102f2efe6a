// These permissions were real once and can no longer be granted. Old programs still send their names: they are left
// out, and a call that asks for debug messages is told. Names that stand for newer permissions are in `oldNames`
// (permissions.ts). Source: the changelog of the Graph, v2.0 to v3.0, and "Facebook Login Updates" of April and May
// 2018.
import type { Version } from '../apps/versions.ts';

// biome-ignore format: a list of words
const retired: Readonly<Record<Version, readonly string[]>> = {
  'v2.0': [
    'friends_about_me', 'friends_birthday', 'friends_likes', 'friends_location', 'friends_photos', 'friends_status', 'offline_access',
    'photo_upload', 'publish_checkins', 'publish_stream', 'share_item', 'status_update', 'user_checkins', 'user_notes', 'user_online_presence',
    'user_questions', 'user_subscriptions', 'video_upload', 'xmpp_login',
  ],
  'v2.4': [
    'create_event', 'create_note', 'manage_friendlists', 'manage_notifications', 'read_friendlists', 'read_mailbox', 'read_requests', 'read_stream',
    'user_activities', 'user_groups', 'user_interests', 'user_status',
  ],
  'v3.0': [
    'publish_actions', 'read_custom_friendlists', 'user_about_me', 'user_actions.books', 'user_actions.fitness', 'user_actions.music',
    'user_actions.news', 'user_actions.video', 'user_education_history', 'user_games_activity', 'user_relationship_details', 'user_relationships',
    'user_religion_politics', 'user_website', 'user_work_history',
  ],
};

/** Each name with the first version that does not have it. */
export const retiredPermissions: ReadonlyMap<string, string> = new Map(
  Object.entries(retired).flatMap(([version, names]) => names.map((name) => [name, version] as const)),
);
