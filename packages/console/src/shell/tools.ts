// This list holds the tools of the console: what each is called, what it is for, and where it is. Navigation, first
// page and search read this list.
import { ArrowUpCircle, Briefcase, Bug, Compass, KeyRound, type LucideIcon, SquareStack } from 'lucide-react';

export interface Tool {
  path:
    | '/tools/explorer'
    | '/tools/debug/accesstoken'
    | '/tools/accesstoken'
    | '/tools/versions'
    | '/console/apps'
    | '/console/business';
  label: string;
  words: string;
  icon: LucideIcon;
}

export const tools: readonly Tool[] = [
  {
    path: '/tools/explorer',
    label: 'Graph API Explorer',
    words: 'Get a token, make calls and copy them as code.',
    icon: Compass,
  },
  {
    path: '/tools/debug/accesstoken',
    label: 'Access Token Debugger',
    words: 'See what a token is, what it may do, and why it ended.',
    icon: Bug,
  },
  {
    path: '/tools/accesstoken',
    label: 'Access Token Tool',
    words: 'The user and app tokens of your apps.',
    icon: KeyRound,
  },
  {
    path: '/tools/versions',
    label: 'API Upgrade Tool',
    words: 'Which versions your apps call, and when each ends.',
    icon: ArrowUpCircle,
  },
];

/** These lead to what somebody manages; each has many pages below it. */
export const dashboards: readonly Tool[] = [
  {
    path: '/console/apps',
    label: 'My apps',
    words: 'Settings, health, roles, permissions, webhooks and tokens of your apps.',
    icon: SquareStack,
  },
  {
    path: '/console/business',
    label: 'Business settings',
    words: 'People, system users, Pages, ad accounts, apps and partners of your businesses.',
    icon: Briefcase,
  },
];
