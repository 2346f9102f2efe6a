// Requirements that many declarations share, each once.
import {
  all,
  any,
  ownApp,
  pagePermissions,
  pageTasks,
  permission,
  refusedAs,
  type Requirement,
  self,
  type Task,
  task,
  token,
  tokenOr,
} from '@hallpass/protocol';

/** The app itself, by a token that only its server has. Everybody else gets code 15. */
export const appItself: Requirement = all(tokenOr('token.app_token_needed', 'app'), ownApp);

/** A role on the Page at all, whatever it allows. */
export const anyTask: Requirement = task(...(Object.keys(pageTasks) as Task[]));

/** A permission about Pages that reaches this one; the error names the one that reading needs. */
const anyPagePermission: Requirement = any(
  ...pagePermissions.filter((name) => name !== 'pages_read_engagement').map(permission),
  permission('pages_read_engagement'),
);

/** To know of a Page more than that there is one: to be it, or to have a role on it and have shown it to the app. */
export const knowsPage: Requirement = any(all(token('page'), self), all(token('user', 'system_user'), anyPagePermission, anyTask));

/** To read what a Page published. @param named the permission that the refusal of this edge speaks of */
export const readsPageContent = (named: 'pages_read_engagement' | 'pages_read_user_content'): Requirement =>
  all(
    refusedAs('permission.page_content', { permission: named }, all(token('page', 'user', 'system_user'), permission('pages_read_engagement'))),
    task('CREATE_CONTENT', 'MANAGE', 'MODERATE'),
  );

/** To publish as a Page, by its own token. */
export const postsAsPage: Requirement = all(
  refusedAs('permission.page_posting', {}, all(token('page'), permission('pages_manage_posts'))),
  refusedAs('permission.object', { permission: 'pages_read_engagement' }, permission('pages_read_engagement')),
  refusedAs('permission.page_posting', {}, task('CREATE_CONTENT')),
);

/** To decide who may do what on a Page. */
export const managesPage: Requirement = all(token('page', 'user', 'system_user'), permission('pages_manage_metadata'), task('MANAGE'));
