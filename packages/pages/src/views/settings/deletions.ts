// Data deletion: what a person asked apps to delete when they removed them, and what became of each request.
import { type Html, html } from '../../html.ts';
import { accountPage } from '../../layout.ts';
import { outside } from '../../parts/words/address.ts';
import { avatar } from '../../parts/avatar.ts';
import { icon } from '../../parts/icons.ts';
import { date } from '../../parts/words/moment.ts';
import { name, plainName } from '../../parts/words/name.ts';
import type { AccountProps, AppIdentity } from '../../props.ts';

/** A request to an app to delete what it has about the person. */
export interface DeletionRequest {
  app: AppIdentity;
  /** Epoch seconds. */
  askedAt: number;
  /** `asked`: not answered yet. */
  state: 'asked' | 'confirmed' | 'failed';
  /** The address at which the app shows what becomes of it, and the code by which it knows it. */
  url?: string;
  code?: string;
  /** The address at which the app says what to do instead, and whom to write to. */
  instructions?: string | undefined;
  contact?: string | undefined;
}

export interface DeletionsProps extends AccountProps {
  requests: readonly DeletionRequest[];
}

function outcome(one: DeletionRequest): Html {
  if (one.state === 'asked') return html`Requested. The app hasn’t answered yet; we keep trying for a day.`;
  if (one.state === 'confirmed') {
    const url = outside(one.url);
    return html`The app has accepted your request.${url ? html` <a href="${url}" target="_blank" rel="noopener noreferrer nofollow">Check its progress</a>` : ''} · Code <code>${plainName(one.code ?? '')}</code>`;
  }
  const instructions = outside(one.instructions);
  if (instructions)
    return html`This app can’t be asked from here. <a href="${instructions}" target="_blank" rel="noopener noreferrer nofollow">How to have your data deleted</a>`;
  return html`The app couldn’t be reached. ${one.contact ? html`Write to <code>${plainName(one.contact)}</code>` : 'Write to its developers'} and ask them to delete your data.`;
}

function request(one: DeletionRequest): Html {
  const tag = {
    asked: html`<span class="tag">Requested</span>`,
    confirmed: html`<span class="tag">Confirmed</span>`,
    failed: html`<span class="tag warn">Not delivered</span>`,
  };
  return html`<li class="line">${avatar('app', one.app)}<span class="what"><strong>${name(one.app.name)} ${tag[one.state]}</strong><span class="small soft">Requested on ${date(one.askedAt)}</span><span class="small">${outcome(one)}</span></span></li>`;
}

export function deletions(props: DeletionsProps): string {
  const list = props.requests.length
    ? html`<ul class="panel">${props.requests.map(request)}</ul>`
    : html`<div class="empty">${icon('eraser', 28)}<h2>No requests yet</h2><p class="soft">When you remove an app, you can also ask it to delete the data it has about you. You can follow the request here.</p></div>`;
  return accountPage(
    props,
    { title: 'Data deletion', current: 'deletions' },
    html`<div class="tight"><h1>Data deletion</h1><p class="soft">The data you asked apps to delete when you removed them. An app confirms with a code and a page where you can check.</p></div>${list}`,
  );
}
