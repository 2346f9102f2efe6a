// Tests of privileges share these words.
import { cast } from '../../world.ts';

export const { shop, rival, bakery, garden, ana, ben, cleo } = cast;
export const joined = `${shop.id}|${shop.secret}`;
export const form = (params: Record<string, string>) => new URLSearchParams(params).toString();
export const everything = [
  'email',
  'user_birthday',
  'user_gender',
  'user_friends',
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_metadata',
  'read_insights',
];
