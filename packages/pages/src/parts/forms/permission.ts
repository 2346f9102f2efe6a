// One permission is shown with its title and sentence from the table of the protocol, and a picture of its group.
import { type Permission, type PermissionGroup, permissions } from '@hallpass/protocol';
import { flag, type Html, html } from '../../html.ts';
import { type IconName, icon } from '../icons.ts';

const ofGroup: Record<PermissionGroup, IconName> = {
  profile: 'person',
  pages: 'page',
  business: 'briefcase',
  commerce: 'briefcase',
  instagram: 'picture',
  threads: 'message',
  whatsapp: 'message',
  groups: 'people',
  games: 'apps',
};

/** Permissions whose group has a picture that would say too little. */
const ofPermission: Partial<Record<Permission, IconName>> = {
  email: 'mail',
  user_friends: 'people',
  user_birthday: 'calendar',
  user_events: 'calendar',
  user_location: 'pin',
  user_hometown: 'pin',
  user_photos: 'picture',
  read_insights: 'chart',
  pages_messaging: 'message',
  pages_manage_ads: 'megaphone',
  ads_management: 'megaphone',
  ads_read: 'chart',
};

export function permissionIcon(name: Permission): IconName {
  return ofPermission[name] ?? ofGroup[permissions[name].group];
}

export function permissionTitle(name: Permission): string {
  return permissions[name].title;
}

export interface PermissionRow {
  name: Permission;
  /** The person said no to it before. */
  declinedBefore?: boolean;
  /** The person granted it before, and it ran out after 90 days without use. */
  expiredBefore?: boolean;
  /** Unticked in this dialog already: the person came back to the question. */
  leftOut?: boolean;
}

function words(row: PermissionRow, why?: string): Html {
  const { title, words } = permissions[row.name];
  const before = row.declinedBefore
    ? html`<span class="tag warn">You declined this before</span>`
    : row.expiredBefore
      ? html`<span class="tag">Expired, asked for again</span>`
      : '';
  return html`<span class="what"><strong>${title}</strong><span class="small words">${words}</span><span class="small off">Not shared</span>${before}${why === undefined ? '' : html`<span class="small kept">${icon('lock', 16)}${why}</span>`}</span>`;
}

/**
 * A row with a tick, sent as `permissions`. It begins ticked, unless the person has unticked it before in this dialog.
 */
export function choosable(row: PermissionRow): Html {
  return html`<li><label class="row">${icon(permissionIcon(row.name), 22)}<input class="tick" type="checkbox" name="permissions" value="${row.name}"${flag('checked', !row.leftOut)}>${words(row)}</label></li>`;
}

/** A row that cannot be left out. `why` stands beside the padlock. */
export function fixed(row: PermissionRow, why: string): Html {
  return html`<li><div class="row">${icon(permissionIcon(row.name), 22)}${words(row, why)}</div></li>`;
}
