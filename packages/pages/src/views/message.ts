// This page says one thing and where to go from there. What it says comes from this table, by key (WP-06).
import { html } from '../html.ts';
import { cardPage } from '../layout.ts';
import type { BannerTone } from '../parts/banner.ts';
import type { IconName } from '../parts/icons.ts';
import { plainName } from '../parts/words/name.ts';
import { notice, wayOn } from '../parts/notice.ts';
import { type OtherPerson, whoElse } from '../parts/who.ts';
import type { PageProps } from '../props.ts';

interface MessageWords {
  mood: BannerTone;
  icon: IconName;
  title: string;
  words: string;
}

const messages = {
  signed_out: {
    mood: 'good',
    icon: 'check',
    title: 'You are logged out',
    words: 'See you soon. On a shared computer, close the browser too.',
  },
  password_reset: {
    mood: 'good',
    icon: 'check',
    title: 'Your password has been changed',
    words: 'Every device is logged out. Log in with the new password.',
  },
  password_chosen: {
    mood: 'good',
    icon: 'check',
    title: 'Your account is ready',
    words: 'Log in with your e-mail address and the password.',
  },
  account_secured: {
    mood: 'good',
    icon: 'lock',
    title: 'Your account is locked',
    words: 'Every device is logged out, and apps can’t act for you. Log in to unlock it.',
  },
  account_confirmed: {
    mood: 'good',
    icon: 'check',
    title: 'Your account is confirmed',
    words: 'Apps can now act for you.',
  },
  administrator_ready: {
    mood: 'good',
    icon: 'check',
    title: 'All set',
    words:
      'You are the first administrator, and logged in here. Next, create an app under My apps. Sign-up is closed: create accounts for people with hallpass person create, or set openSignUp to true and start the server again, so that anyone can create one.',
  },
  not_set_up: {
    mood: 'note',
    icon: 'key',
    title: 'This platform is not set up yet',
    words:
      'Open the link that the server printed when it started, and create the first administrator. If it no longer works, start the server again to get a new one.',
  },
  invitation_accepted: {
    mood: 'good',
    icon: 'check',
    title: 'You’ve joined',
    words: 'You now belong to the business. Its administrators can assign Pages to you.',
  },
  invitation_declined: {
    mood: 'note',
    icon: 'cross',
    title: 'You declined',
    words: 'Nothing was changed. The invitation can’t be used again.',
  },
  invitation_not_yours: {
    mood: 'warn',
    icon: 'mail',
    title: 'This invitation is for someone else',
    words:
      'It was sent to an address other than that of your account. To answer it, log in with the account it was sent to.',
  },
  done: { mood: 'good', icon: 'check', title: 'Done', words: 'You can close this page.' },
  nothing_to_log_out: {
    mood: 'note',
    icon: 'cross',
    title: 'Nobody was logged out',
    words:
      'The link doesn’t belong to the account you’re logged in with, or its token has ended. To log out, use the button on your own page.',
  },
  sign_up_closed: {
    mood: 'note',
    icon: 'lock',
    title: 'No new accounts',
    words: 'Only the people who run this platform can create accounts. Ask them for one.',
  },
  not_found: {
    mood: 'note',
    icon: 'search',
    title: 'There is no such page',
    words: 'The address may be mistyped, or the page no longer exists.',
  },
  went_wrong: {
    mood: 'danger',
    icon: 'alert',
    title: 'Something went wrong',
    words: 'It’s our fault, and nothing was changed. Please try again in a moment.',
  },
} as const satisfies Record<string, MessageWords>;

export type MessageKey = keyof typeof messages;

export interface MessageProps extends PageProps {
  message: MessageKey;
  /** Path of the log-in page, where logging in is the way on. */
  logIn?: string;
  /** Path of the home page. */
  home?: string;
  /** The person who is logged in, if somebody else could go on here. */
  me?: OtherPerson;
}

export function message(props: MessageProps): string {
  const { mood, icon, title, words }: MessageWords = messages[props.message];
  const ways = html`${props.logIn ? wayOn(props.logIn, 'Log in') : ''}${props.home ? wayOn(props.home, `Go to ${plainName(props.platform.name)}`, 'quiet') : ''}`;
  return cardPage(
    props.platform,
    { title },
    html`${notice(mood, icon, title, html`<p>${words}</p>`)}
${whoElse(props.me)}${props.logIn || props.home ? html`<div class="actions">${ways}</div>` : ''}`,
  );
}
