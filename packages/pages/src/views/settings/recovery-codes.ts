// This page shows recovery codes once: each stands in for a code of the lost device, one time.
import { html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { banner } from '../../parts/banner.ts';
import { wayOn } from '../../parts/notice.ts';
import { plainPaths } from '../../places.ts';
import type { AccountProps } from '../../props.ts';

export interface RecoveryCodesProps extends AccountProps {
  codes: readonly string[];
  /** The second factor has just been turned on. */
  turnedOn?: boolean;
}

export function recoveryCodes(props: RecoveryCodesProps): string {
  return accountPage(
    props,
    { title: 'Your recovery codes', current: 'twoFactor' },
    html`${banner('good', props.turnedOn ? 'Two-factor authentication is on.' : 'Your earlier recovery codes no longer work.')}
<div class="tight"><h1>Your recovery codes</h1><p class="soft">If you lose your phone, each of these lets you in once instead of a code. Print them or keep them in a password manager: they aren’t shown again.</p></div>
<ul class="panel padded narrow codes">${props.codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
<div class="buttons">${wayOn(plainPaths.twoFactor, 'I have saved them')}</div>`,
  );
}
