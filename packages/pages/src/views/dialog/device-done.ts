// This page is the end of a log-in on a device, on the machine where the person decided.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { name } from '../../parts/words/name.ts';
import { notice, wayOn } from '../../parts/notice.ts';
import type { AppIdentity, PageProps } from '../../props.ts';

export interface DeviceDoneProps extends PageProps {
  outcome: 'approved' | 'denied';
  app: AppIdentity;
  /** Path of the list of connected apps. */
  apps: string;
}

export function deviceDone({ platform, outcome, app, apps }: DeviceDoneProps): string {
  const approved = outcome === 'approved';
  const body = approved
    ? notice(
        'good',
        'check',
        'You are logged in on the device',
        html`<p>${name(app.name)} continues there by itself in a few seconds. You can close this page.</p>`,
      )
    : notice(
        'note',
        'cross',
        'You cancelled',
        html`<p>Nothing was shared, and the device isn’t logged in. You can close this page.</p>`,
      );
  return cardPage(
    platform,
    { title: approved ? 'Logged in on the device' : 'You cancelled' },
    html`${body}
<div class="actions">${wayOn(apps, 'Apps and websites', 'quiet')}</div>`,
  );
}
