// Desktop programs end the dialog on this page (`/connect/login_success.html`): the program reads the address, the
// person reads this.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { banner } from '../../parts/banner.ts';
import { notice } from '../../parts/notice.ts';
import type { PageProps } from '../../props.ts';

export interface LoginSuccessProps extends PageProps {
  outcome: 'success' | 'cancelled';
}

export function loginSuccess(props: LoginSuccessProps): string {
  const success = props.outcome === 'success';
  const body = success
    ? html`${notice('good', 'check', 'Success', html`<p>You are logged in. Go back to the program you came from; it continues by itself.</p>`)}
${banner('warn', 'It may contain a key to your account. Treat it like your password: don’t copy it or send it to anyone.', { title: 'The address of this page is private.' })}`
    : notice(
        'note',
        'cross',
        'You cancelled',
        html`<p>Nothing was shared. You can close this window and go back to the program you came from.</p>`,
      );
  return cardPage(props.platform, { title: success ? 'Success' : 'You cancelled' }, body);
}
