// These pages are for what is not there, not now, or not so fast. They look the same whoever asks (I-15).
import { html } from '../html.ts';
import { cardPage } from '../layout.ts';
import { span } from '../parts/words/moment.ts';
import { plainName } from '../parts/words/name.ts';
import { notice, wayOn } from '../parts/notice.ts';
import type { PageProps } from '../props.ts';

export interface WaitProps extends PageProps {
  /** Seconds until it makes sense to try again. */
  retryAfter: number;
  /** Path of this very page, where it can be asked for again as it was. */
  again?: string;
}

export function tooManyRequests(props: WaitProps): string {
  return cardPage(
    props.platform,
    { title: 'Please wait' },
    notice(
      'warn',
      'clock',
      'Please wait a little',
      html`<p>There were too many attempts from here. Try again in ${span(props.retryAfter)}.</p>`,
    ),
  );
}

export function serverAway(props: WaitProps): string {
  return cardPage(
    props.platform,
    { title: 'Back soon' },
    html`${notice(
      'warn',
      'clock',
      'Back in a moment',
      html`<p>We can’t answer safely right now. Nothing is lost. Try again in ${span(props.retryAfter)}.</p>`,
    )}
${props.again ? html`<div class="actions">${wayOn(props.again, 'Try again')}</div>` : ''}`,
  );
}

/** The purposes of links that work once. */
const links = {
  test_user: {
    title: 'This log-in link doesn’t work',
    words:
      'Log-in links of test users work once and for a short time. Ask the Graph for the test user’s login_url again, or log in with the test user’s password.',
  },
  invitation: {
    title: 'This invitation doesn’t work',
    words: 'Invitations work once and for two weeks, and can be withdrawn. Ask the person who sent it for a new one.',
  },
  password: {
    title: 'This link doesn’t work',
    words:
      'A link to choose a new password works once, for 30 minutes, and only until the password is changed. Get a new one here.',
  },
  administrator: {
    title: 'This set-up link doesn’t work',
    words:
      'The link for the first administrator works once and for a short time. Start the server again to get a new one, unless there is an administrator already.',
  },
} as const;

export interface LinkUnavailableProps extends PageProps {
  link: keyof typeof links;
  /** Path of the log-in page; left out where somebody is logged in. */
  logIn?: string;
  /** Path of the home page, for somebody who is logged in. */
  home?: string;
  /** Path of the page where a new link is asked for, where people do so themselves. */
  anew?: string;
}

export function linkUnavailable(props: LinkUnavailableProps): string {
  const { title, words } = links[props.link];
  return cardPage(
    props.platform,
    { title },
    html`${notice('warn', 'key', title, html`<p>${words}</p>`)}
<div class="actions">${props.anew ? wayOn(props.anew, 'Get a new link') : ''}${props.logIn ? wayOn(props.logIn, 'Log in', 'quiet') : ''}${props.home ? wayOn(props.home, `Go to ${plainName(props.platform.name)}`, 'quiet') : ''}</div>`,
  );
}
