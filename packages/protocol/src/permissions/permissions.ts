// The permissions an app can ask a person for: what the dialog calls each, and which others come along.
// Names and dependencies follow the permissions reference; titles and sentences are our own.

import { isIn, isKeyOf, keysOf } from '../keys.ts';
import { boolean, keyOf, listOf, object, type Shape, text } from '../wire/shape.ts';

/**
 * `basic` may be asked of anybody; `standard` only of people with a role on the app until the app was given advanced
 * access.
 */
export type AccessLevel = 'basic' | 'standard';
export type PermissionGroup =
  | 'profile'
  | 'pages'
  | 'business'
  | 'commerce'
  | 'instagram'
  | 'threads'
  | 'whatsapp'
  | 'groups'
  | 'games';

export interface PermissionWords {
  /** Short words for lists. */
  title: string;
  /** The sentence a person reads when asked. */
  words: string;
  level: AccessLevel;
  /** Asking for it asks for these too. */
  dependsOn: readonly string[];
  group: PermissionGroup;
}

/** The usual case; each entry adds its own words. */
const plain = { level: 'standard', dependsOn: [] } as const;
const onPage = { ...plain, group: 'pages', dependsOn: ['pages_show_list'] } as const;
const profile = { ...plain, group: 'profile' } as const;
const pages = { ...plain, group: 'pages' } as const;
const business = { ...plain, group: 'business' } as const;
const commerce = { ...plain, group: 'commerce' } as const;
const instagram = { ...plain, group: 'instagram' } as const;
const threads = { ...plain, group: 'threads' } as const;
const whatsapp = { ...plain, group: 'whatsapp' } as const;
const groups = { ...plain, group: 'groups' } as const;
const games = { ...plain, group: 'games' } as const;

// biome-ignore format: it is read as a table
export const permissions = {
  public_profile: { ...profile, level: 'basic', title: 'Name and picture', words: 'See your name and profile picture.' },
  email: { ...profile, level: 'basic', title: 'E-mail address', words: 'See your e-mail address.' },
  user_age_range: { ...profile, title: 'Age range', words: 'See the range your age is in.' },
  user_birthday: { ...profile, title: 'Birthday', words: 'See your date of birth.' },
  user_events: { ...profile, title: 'Events', words: 'See the events you host and attend.' },
  user_friends: { ...profile, title: 'Friends who use the app', words: 'See which of your friends use this app too.' },
  user_gender: { ...profile, title: 'Gender', words: 'See your gender.' },
  user_hometown: { ...profile, title: 'Home town', words: 'See your home town.' },
  user_likes: { ...profile, title: 'Likes', words: 'See the Pages you like.' },
  user_link: { ...profile, title: 'Profile link', words: 'See the link to your profile.' },
  user_location: { ...profile, title: 'Current town', words: 'See the town you live in.' },
  user_managed_groups: { ...profile, title: 'Groups you manage', words: 'See the groups you manage.' },
  user_messenger_contact: { ...profile, title: 'Contact by message', words: 'Let a business contact you by message.' },
  user_photos: { ...profile, title: 'Photos', words: 'See your photos.' },
  user_posts: { ...profile, title: 'Posts', words: 'See your posts.' },
  user_tagged_places: { ...profile, title: 'Tagged places', words: 'See the places you are tagged at.' },
  user_videos: { ...profile, title: 'Videos', words: 'See your videos.' },
  manage_fundraisers: { ...profile, title: 'Fundraisers', words: 'Create and manage fundraisers for you.' },
  rsvp_event: { ...profile, title: 'Event replies', words: 'Reply to event invitations for you.' },

  pages_show_list: { ...pages, title: 'List of your Pages', words: 'See the list of the Pages you manage.' },
  pages_events: { ...onPage, title: 'Page events', words: 'See and manage the events of your Pages.' },
  page_events: { ...onPage, title: 'Page activity', words: 'Log what people do with your Pages.' },
  pages_manage_ads: { ...onPage, title: 'Page advertisements', words: 'Manage the advertisements of your Pages.' },
  pages_manage_cta: { ...onPage, title: 'Page buttons', words: 'Manage the call-to-action buttons of your Pages.' },
  pages_manage_engagement: { ...onPage, dependsOn: ['pages_read_user_content', 'pages_show_list'], title: 'Page comments', words: 'Write, change and delete comments on your Pages.' },
  pages_manage_instant_articles: { ...onPage, title: 'Page articles', words: 'Manage the instant articles of your Pages.' },
  pages_manage_leads: { ...onPage, title: 'Page leads', words: 'Manage the leads of your Pages.' },
  pages_manage_metadata: { ...onPage, title: 'Page settings', words: 'Manage the settings of your Pages and get notifications about them.' },
  pages_manage_posts: { ...onPage, dependsOn: ['pages_read_engagement', 'pages_show_list'], title: 'Page posts', words: 'Publish, change and delete posts of your Pages.' },
  pages_messaging: { ...onPage, dependsOn: ['pages_manage_metadata', 'pages_show_list'], title: 'Page messages', words: 'Read and send messages as your Pages.' },
  pages_messaging_payments: { ...onPage, title: 'Payments in messages', words: 'Take payments in the messages of your Pages.' },
  pages_messaging_phone_number: { ...onPage, title: 'Messages by phone number', words: 'Send messages as your Pages to phone numbers.' },
  pages_messaging_subscriptions: { ...onPage, title: 'Subscribed messages', words: 'Send messages as your Pages to people who subscribed to them.' },
  pages_read_engagement: { ...onPage, title: 'Page content', words: 'Read what your Pages publish, and who follows them.' },
  pages_read_user_content: { ...onPage, title: 'Content of visitors', words: 'Read what people write on your Pages.' },
  pages_user_gender: { ...onPage, title: 'Gender of contacts', words: 'See the gender of people who write to your Pages.' },
  pages_user_locale: { ...onPage, title: 'Language of contacts', words: 'See the language of people who write to your Pages.' },
  pages_user_timezone: { ...onPage, title: 'Time zone of contacts', words: 'See the time zone of people who write to your Pages.' },
  pages_utility_messaging: { ...onPage, title: 'Service messages', words: 'Send service messages as your Pages.' },
  configure_page_transactions: { ...onPage, title: 'Page transactions', words: 'Set up payments on your Pages.' },
  read_page_mailboxes: { ...onPage, title: 'Page mailboxes', words: 'Read the mailboxes of your Pages.' },
  marketing_messages_messenger: { ...onPage, title: 'Marketing messages', words: 'Send marketing messages as your Pages to people who agreed to them.' },
  read_insights: { ...pages, dependsOn: ['pages_read_engagement', 'pages_show_list'], title: 'Figures', words: 'See figures about your Pages and apps.' },
  publish_video: { ...pages, title: 'Live video', words: 'Publish live video for you.' },

  ads_management: { ...business, dependsOn: ['pages_read_engagement', 'pages_show_list'], title: 'Manage advertisements', words: 'Manage the advertisements of your ad accounts.' },
  ads_read: { ...business, title: 'Read advertisements', words: 'See the advertisements of your ad accounts and figures about them.' },
  attribution_read: { ...business, title: 'Attribution', words: 'See reports on what led to sales.' },
  business_management: { ...business, dependsOn: ['pages_read_engagement', 'pages_show_list'], title: 'Manage your business', words: 'Manage your businesses and what belongs to them.' },
  catalog_management: { ...business, dependsOn: ['business_management'], title: 'Product catalogues', words: 'Manage the product catalogues of your businesses.' },
  leads_retrieval: { ...business, dependsOn: ['pages_manage_ads', 'pages_show_list'], title: 'Leads', words: 'Read what people entered in the lead forms of your advertisements.' },
  manage_app_solution: { ...business, title: 'App solutions', words: 'Manage the app solutions of your business.' },
  private_computation_access: { ...business, title: 'Private computation', words: 'Use private computation for your business.' },
  read_audience_network_insights: { ...business, title: 'Audience Network figures', words: 'See figures about advertisements in your apps.' },
  research_apis: { ...business, title: 'Research', words: 'Use the interfaces for researchers for you.' },
  facebook_branded_content_ads_brand: { ...business, dependsOn: ['pages_read_engagement', 'pages_show_list'], title: 'Content of creators', words: 'Advertise with the content that creators made for your Pages.' },
  facebook_creator_marketplace_discovery: { ...business, dependsOn: ['pages_show_list'], title: 'Creator search', words: 'Search for creators for your Pages.' },

  commerce_account_manage_orders: { ...commerce, title: 'Manage orders', words: 'See and change the orders of your shop.' },
  commerce_account_read_orders: { ...commerce, title: 'Read orders', words: 'See the orders of your shop.' },
  commerce_account_read_reports: { ...commerce, title: 'Shop reports', words: 'See the financial reports of your shop.' },
  commerce_account_read_settings: { ...commerce, title: 'Shop settings', words: 'See the settings of your shop.' },
  commerce_manage_accounts: { ...commerce, title: 'Manage shops', words: 'Manage your shops.' },

  publish_to_groups: { ...groups, title: 'Post in groups', words: 'Post in groups for you.' },
  groups_access_member_info: { ...groups, title: 'Group members', words: 'See who wrote in the groups you manage.' },
  gaming_profile: { ...games, title: 'Player profile', words: 'See your player name and picture.' },
  gaming_user_locale: { ...games, dependsOn: ['gaming_profile'], title: 'Player language', words: 'See the language you play in.' },

  instagram_basic: { ...instagram, dependsOn: ['pages_read_user_content', 'pages_show_list'], title: 'Instagram account', words: 'See the profile and posts of the Instagram account of your Page.' },
  instagram_branded_content_ads_brand: { ...instagram, title: 'Branded content in advertisements', words: 'Advertise with the Instagram content that creators made for you.' },
  instagram_branded_content_brand: { ...instagram, title: 'Branded content', words: 'Manage the Instagram content that creators made for you.' },
  instagram_branded_content_creator: { ...instagram, title: 'Content for brands', words: 'Manage the Instagram content that you make for brands.' },
  instagram_content_publish: { ...instagram, title: 'Instagram posts', words: 'Publish on the Instagram account of your Page.' },
  instagram_creator_marketplace_discovery: { ...instagram, title: 'Instagram creator search', words: 'Search for Instagram creators for you.' },
  instagram_creator_marketplace_messaging: { ...instagram, title: 'Messages to creators', words: 'Send messages to Instagram creators for you.' },
  instagram_manage_comments: { ...instagram, title: 'Instagram comments', words: 'Manage the comments of the Instagram account of your Page.' },
  instagram_manage_contents: { ...instagram, title: 'Instagram content', words: 'Change and delete the posts of the Instagram account of your Page.' },
  instagram_manage_engagement: { ...instagram, title: 'Instagram likes', words: 'Like and unlike as the Instagram account of your Page.' },
  instagram_manage_events: { ...instagram, title: 'Instagram activity', words: 'Log what people do with the Instagram account of your Page.' },
  instagram_manage_insights: { ...instagram, title: 'Instagram figures', words: 'See figures about the Instagram account of your Page.' },
  instagram_manage_messages: { ...instagram, title: 'Instagram messages', words: 'Read and send messages as the Instagram account of your Page.' },
  instagram_manage_upcoming_events: { ...instagram, title: 'Instagram events', words: 'Manage the upcoming events of the Instagram account of your Page.' },
  instagram_shopping_tag_products: { ...instagram, title: 'Product tags', words: 'Tag products in the posts of the Instagram account of your Page.' },
  instagram_business_basic: { ...instagram, title: 'Instagram business account', words: 'See the profile and posts of your Instagram business account.' },
  instagram_business_content_publish: { ...instagram, title: 'Instagram business posts', words: 'Publish on your Instagram business account.' },
  instagram_business_manage_comments: { ...instagram, title: 'Instagram business comments', words: 'Manage the comments of your Instagram business account.' },
  instagram_business_manage_insights: { ...instagram, title: 'Instagram business figures', words: 'See figures about your Instagram business account.' },
  instagram_business_manage_messages: { ...instagram, title: 'Instagram business messages', words: 'Read and send messages as your Instagram business account.' },

  threads_basic: { ...threads, title: 'Threads account', words: 'See your Threads profile and posts.' },
  threads_business_basic: { ...threads, title: 'Threads of your business', words: 'See the Threads profiles of your business.' },
  threads_content_publish: { ...threads, dependsOn: ['threads_basic'], title: 'Threads posts', words: 'Publish on Threads for you.' },
  threads_delete: { ...threads, title: 'Delete on Threads', words: 'Delete your posts on Threads.' },
  threads_keyword_search: { ...threads, title: 'Threads search', words: 'Search Threads by words for you.' },
  threads_location_tagging: { ...threads, title: 'Places on Threads', words: 'Tag places in your Threads posts.' },
  threads_manage_insights: { ...threads, title: 'Threads figures', words: 'See figures about your Threads account.' },
  threads_manage_mentions: { ...threads, title: 'Threads mentions', words: 'See and answer posts that mention you on Threads.' },
  threads_manage_replies: { ...threads, title: 'Manage Threads replies', words: 'Write, hide and manage replies on Threads for you.' },
  threads_profile_discovery: { ...threads, title: 'Threads profiles', words: 'Look up public profiles on Threads for you.' },
  threads_read_replies: { ...threads, title: 'Read Threads replies', words: 'See the replies to your Threads posts.' },
  threads_share_to_instagram: { ...threads, title: 'Share Threads to Instagram', words: 'Share your Threads posts to Instagram.' },

  whatsapp_business_management: { ...whatsapp, title: 'WhatsApp accounts', words: 'Manage the WhatsApp accounts of your business.' },
  whatsapp_business_messaging: { ...whatsapp, title: 'WhatsApp messages', words: 'Read and send WhatsApp messages as your business.' },
  whatsapp_business_manage_events: { ...whatsapp, title: 'WhatsApp activity', words: 'Log what people do with your business on WhatsApp.' },
} as const satisfies Record<string, PermissionWords>;

export type Permission = keyof typeof permissions;

/** Names of earlier years and what each means now. */
export const oldNames = {
  manage_pages: [
    'pages_show_list',
    'pages_read_engagement',
    'pages_read_user_content',
    'pages_manage_metadata',
    'pages_manage_ads',
  ],
  publish_pages: ['pages_manage_posts', 'pages_manage_engagement', 'pages_read_engagement'],
  manage_app_solutions: ['manage_app_solution'],
} as const satisfies Record<string, readonly Permission[]>;

/** Granted with every log-in; the dialog shows it and the person cannot untick it. */
export const alwaysGranted: Permission = 'public_profile';

/** A scope word that asks for an id_token and for no permission. */
export const openid = 'openid';

/** Limited Login may ask for these. */
// biome-ignore format: a list of words
export const limitedLoginPermissions: ReadonlySet<Permission> = new Set<Permission>([
  'public_profile', 'email', 'user_friends', 'user_birthday', 'user_age_range', 'user_hometown', 'user_location', 'user_gender', 'user_link',
  'user_messenger_contact',
]);

/** A system-user token may carry these. Source: the guide on installing apps and generating tokens for system users. */
// biome-ignore format: a list of words
export const systemUserAllowed: ReadonlySet<string> = new Set([
  'ads_management', 'ads_read', 'attribution_read', 'business_management', 'catalog_management', 'commerce_account_manage_orders',
  'commerce_account_read_orders', 'commerce_account_read_settings', 'instagram_basic', 'instagram_branded_content_ads_brand',
  'instagram_branded_content_brand', 'instagram_content_publish', 'instagram_manage_comments', 'instagram_manage_insights',
  'instagram_manage_messages', 'instagram_shopping_tag_products', 'leads_retrieval', 'page_events', 'pages_manage_ads', 'pages_manage_cta',
  'pages_manage_engagement', 'pages_manage_instant_articles', 'pages_manage_metadata', 'pages_manage_posts', 'pages_messaging',
  'pages_read_engagement', 'pages_read_user_content', 'pages_show_list', 'private_computation_access', 'publish_video',
  'read_audience_network_insights', 'read_insights', 'read_page_mailboxes', 'whatsapp_business_management', 'whatsapp_business_messaging',
]);

/** True for the present name of a permission, exactly as it is written. */
export function isPermission(name: string): name is Permission {
  return Object.hasOwn(permissions, name);
}

/**
 * The permissions named and all that they depend on, each once, in the order of asking; a dependency follows what asked
 * for it.
 */
export function withDependencies(names: Iterable<Permission>): Permission[] {
  const found = new Set<Permission>();
  const add = (name: Permission): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const dependency of permissions[name].dependsOn) add(dependency);
  };
  for (const name of names) add(name);
  return [...found];
}

export interface RequestedScope {
  /** Present names, each once, in the order of asking, without dependencies. */
  permissions: Permission[];
  openid: boolean;
  /** Words that name nothing. */
  unknown: string[];
}

/** The shape of what `readScope` gives, if it was stored. */
export const requestedScope: Shape<RequestedScope> = object<RequestedScope>({
  permissions: listOf(keyOf(permissions)),
  openid: boolean,
  unknown: listOf(text),
});

/** Reads the value of a `scope` parameter: words parted by commas or spaces, old names turned into present ones. */
export function readScope(scope: string): RequestedScope {
  const asked = new Set<Permission>();
  const unknown = new Set<string>();
  let identity = false;
  for (const word of scope.split(/[\s,]+/)) {
    if (word === '') continue;
    if (word === openid) identity = true;
    else if (isPermission(word)) asked.add(word);
    else if (isKeyOf(oldNames, word)) for (const name of oldNames[word]) asked.add(name);
    else unknown.add(word);
  }
  return { permissions: [...asked], openid: identity, unknown: [...unknown] };
}

/**
 * Permissions about single Pages: at least one must reach a Page for anybody to speak as it. In the order error
 * messages name them.
 */
export const pagePermissions: readonly Permission[] = [
  'pages_read_engagement',
  'pages_manage_metadata',
  'pages_read_user_content',
  'pages_manage_ads',
  ...keysOf(permissions).filter(
    (name) =>
      permissions[name].group === 'pages' &&
      !['pages_read_engagement', 'pages_manage_metadata', 'pages_read_user_content', 'pages_manage_ads'].includes(name),
  ),
];

/** True for a permission about single ad accounts. */
export const isAboutAdAccounts = (name: string): boolean => name === 'ads_management' || name === 'ads_read';

/** True for a permission about single Pages. */
export const isAboutPages = (name: string): boolean => isIn(pagePermissions, name);
