// The page where a dialog stops without going back to the app: no redirect, no code, no token (D-block in the threat catalogue).
import { type Permission, isPermission } from '@hallpass/protocol';
import { html } from '../html.ts';
import { cardPage } from '../layout.ts';
import { plainName } from '../parts/name.ts';
import { notice, wayOn } from '../parts/notice.ts';
import type { PageProps } from '../props.ts';
import { type BlockedReason, blockedReasons, type BlockedWords } from './blocked-reasons.ts';

export interface BlockedProps extends PageProps {
  reason: BlockedReason;
  /** Path of the home page. */
  home: string;
  /** Present names that the app has no access to (`invalid_scopes`); anything else is left out. */
  scopes?: readonly Permission[];
  /** Made by the server, to find the event in the log. */
  reference?: string;
}

export function blocked(props: BlockedProps): string {
  const words: BlockedWords = blockedReasons[props.reason];
  const scopes = props.reason === 'invalid_scopes' ? (props.scopes ?? []).filter(isPermission) : [];
  const reference = /^[\w-]{1,64}$/.test(props.reference ?? '') ? html`<p class="small soft">Reference: <code>${props.reference}</code></p>` : '';
  return cardPage(
    props.platform,
    { title: words.title },
    html`${notice('danger', 'stop', words.title, html`<p>${words.person}</p>`)}
<section class="aside" aria-labelledby="developers"><h2 id="developers">If you build this app</h2>
<p>${words.developer}</p>
${scopes.length ? html`<p>${scopes.map((one, i) => html`${i ? ' ' : ''}<code>${one}</code>`)}</p>` : ''}
${words.where ? html`<p class="soft">Where: ${words.where}</p>` : ''}${reference}</section>
<div class="actions">${wayOn(props.home, `Go to ${plainName(props.platform.name)}`, 'quiet')}</div>`,
  );
}
