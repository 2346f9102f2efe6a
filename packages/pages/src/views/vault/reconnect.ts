// This page stands behind the link of a mail: what has to be renewed, by whom, and the way to the dialog. The link may
// be forwarded, so the page shows no more of the person than a first name and a letter.
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { avatar } from '../../parts/avatar.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { icon } from '../../parts/icons.ts';
import { name, plainName } from '../../parts/words/name.ts';
import type { FormProps, PageProps } from '../../props.ts';
import { dateIn, filled, filledPlainly, type VaultSpeech } from './words/words.ts';

export interface ReconnectProps extends PageProps {
  speech: VaultSpeech;
  connection: { id: string; name: string };
  /** The name of the service that the token is for: Facebook, Instagram. */
  service: string;
  /** The reason why it is to be renewed. */
  why: 'ended' | 'ends' | 'permission' | 'anew';
  /** The end, for `ends`: epoch seconds, and the time zone of the date that is shown, by its IANA name. */
  until?: { at: number; timeZone: string };
  /** The one person who can renew it, shortened: `Ann B.`; absent where anybody may. */
  expected?: string;
  /** Names of Pages that have to stay ticked. */
  pages: readonly string[];
  /** Names of permissions that are missing, as the protocol spells them. */
  missing: readonly string[];
  /** Leads to the dialog. */
  form: FormProps;
}

/** Pages that are named; the others are counted. */
const MOST_NAMED = 8;

export function reconnect(props: ReconnectProps): string {
  const { connection, why, until, expected, pages, missing } = props;
  const { language, words } = props.speech;
  const service = plainName(props.service);
  const title = filled(words.reconnect_title, { name: name(connection.name) });
  const parts = { service, ...(until === undefined ? {} : { date: dateIn(language, until.at, until.timeZone) }) };
  const person =
    expected === undefined
      ? html`<p class="soft">${words.anybody}</p>`
      : html`<div class="aside"><h2>${filled(words.only, { person: name(expected) })}</h2><p class="soft">${words.only_hint}</p></div>`;
  const further = pages.length - MOST_NAMED;
  const more =
    further > 0
      ? html`<li class="row"><span class="what small">${filled(words.more_pages, { count: String(further) })}</span></li>`
      : '';
  const kept =
    pages.length === 0
      ? ''
      : html`<section class="tight"><h2>${words.keep_pages}</h2><ul class="asked">${pages.slice(0, MOST_NAMED).map((page) => html`<li class="row">${icon('check')}<span class="what"><strong>${name(page)}</strong></span></li>`)}${more}</ul></section>`;
  const asked =
    missing.length === 0
      ? ''
      : html`<section class="tight"><h2>${words.missing}</h2><ul class="given">${missing.map((scope) => html`<li>${plainName(scope)}</li>`)}</ul></section>`;
  return cardPage(
    props.platform,
    { title: filledPlainly(words.reconnect_title, { name: plainName(connection.name) }), language },
    html`<div class="app-heading">${avatar('page', connection, 'large')}
<div class="title"><h1>${title}</h1></div></div>
<p>${filled(words[why], parts)}</p>
${person}${asked}${kept}
${form(
  props.form,
  html`<div class="actions">${button(filled(words.go, { service }), { decision: 'continue' })}</div><p class="legal">${filled(words.legal, { service })}</p>`,
  { className: 'stack' },
)}`,
  );
}
