// These are the requirements of what people do with an app in the dashboard, and how they are named as who did it, each
// once. No token does any of it, whosever it is (threats PR-12). Source: the app roles page, as `rolesThatMay` tells
// it.
import {
  all,
  any,
  type AppAct,
  appRole,
  appRoles,
  confirmed,
  dashboard,
  keysOf,
  ownApp,
  rolesThatMay,
  token,
  where,
} from '@hallpass/protocol';
import type { AppAct as ActOnApp } from '../../apps/app-admin.ts';
import type { Context } from '../../graph/language/context.ts';
import type { ViewerWithPerson } from '../../graph/authentication/viewer.ts';
import { personActor } from './actor.ts';
import type { AppId } from '../../store/ids.ts';

/** Needed in the dashboard: a role on the app that may do this. */
export const actsInDashboard = (act: AppAct) => all(dashboard, appRole(...rolesThatMay(act)));

/**
 * The same, with the password given within ten minutes, and its code where the app wants that: for what cannot be taken
 * back, or lets others in.
 */
export const confirmsInDashboard = (act: AppAct) =>
  all(dashboard, appRole(...rolesThatMay(act)), confirmed, where('app_second_factor'));

/** Needed in the dashboard: any role on the app. */
export const worksOnApp = all(dashboard, appRole(...keysOf(appRoles)));

/** Needed to read what is not for everybody: a role on the app, or its own token. */
export const insiders = any(
  worksOnApp,
  all(token('app'), ownApp),
  all(token('user'), ownApp, appRole(...keysOf(appRoles))),
);

export const byPerson = (context: Context<ViewerWithPerson>, appId: AppId): ActOnApp & { by: { kind: 'person' } } => ({
  appId,
  by: personActor(context),
});
