// These are the requirements that many declarations share, each once.
import {
  all,
  any,
  anyAbout,
  keysOf,
  ownApp,
  pagePermissions,
  pageTasks,
  type Permission,
  permission,
  permissionOr,
  self,
  task,
  token,
  tokenOr,
} from '@hallpass/protocol';

/** The app itself, by a token that only its server has. Everybody else gets code 15. */
export const appItself = all(tokenOr('token.app_token_needed', 'app'), ownApp);

/** A role on the Page at all, whatever it allows. */
export const anyTask = task(...keysOf(pageTasks));

/** A permission about Pages that reaches this one; the error names the one that reading needs. */
const anyPagePermission = any(
  ...pagePermissions.filter((name) => name !== 'pages_read_engagement').map(permission),
  permission('pages_read_engagement'),
);

/** Needed to learn more of a Page than that it exists: its own token, or a role on it and its choice for the app. */
export const knowsPage = anyAbout(
  'permission.page_metadata',
  'pages_read_engagement',
  all(token('page'), self),
  all(token('user', 'system_user'), anyPagePermission, anyTask),
);

/**
 * To read what a Page publishes: by a token that speaks for it or for somebody who may see it, and one of these
 * permissions.
 * The refusal names the first of them, as recorded answers do.
 */
export const readsPageContent = (named: Permission, ...others: Permission[]) =>
  all(
    anyAbout(
      'permission.page_content',
      named,
      all(token('page', 'user', 'system_user'), any(...[named, ...others].map(permission))),
    ),
    task('CREATE_CONTENT', 'MANAGE', 'MODERATE'),
  );

const publishesWith = (otherwise: 'permission.page_posting' | 'permission.publish_actions') =>
  all(
    tokenOr(otherwise, 'page'),
    permissionOr('permission.page_posting', 'pages_manage_posts'),
    permissionOr('permission.object', 'pages_read_engagement'),
    // A Page may do everything as itself that its token may do, and nothing as another.
    anyAbout('permission.page_posting', 'pages_manage_posts', task('CREATE_CONTENT')),
  );

/** Needed to publish as the Page. */
export const publishesAsPage = publishesWith('permission.page_posting');
/** The same for photos, where the token of a person is told of the permission that it once took. */
export const publishesPhotos = publishesWith('permission.publish_actions');

/** Needed to answer under the posts of the Page, and to moderate there. */
export const engagesAsPage = all(
  tokenOr('token.page_token_required', 'page'),
  permission('pages_manage_engagement'),
  permission('pages_read_user_content'),
  task('MODERATE'),
);

/** The Page itself, for its settings. Everybody else is told that a Page token is needed. */
export const pageItself = tokenOr('token.page_token_required', 'page');

/** Needed to assign people to a Page. */
export const managesPage = all(
  token('page', 'user', 'system_user'),
  permission('pages_manage_metadata'),
  task('MANAGE'),
);
