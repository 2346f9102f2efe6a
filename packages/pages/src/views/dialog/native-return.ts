// This page is shown with the redirect to a program's own scheme (`fb{app-id}://…`), for browsers that do not go by
// themselves. The button asks the server for the redirect again: the address with the answer in it never stands in a
// page (I-7, DL-09).
import { html } from '../../html.ts';
import { cardPage } from '../../layout.ts';
import { appHeading } from '../../parts/app-heading.ts';
import { button } from '../../parts/forms/button.ts';
import { form } from '../../parts/forms/form.ts';
import { name, plainName } from '../../parts/words/name.ts';
import type { AppIdentity, FormProps, PageProps } from '../../props.ts';

export interface NativeReturnProps extends PageProps {
  app: AppIdentity;
  outcome: 'success' | 'cancelled';
  /** Answers with the redirect to the app; left out when it cannot be sent twice. */
  form?: FormProps;
}

export function nativeReturn(props: NativeReturnProps): string {
  const { app } = props;
  const success = props.outcome === 'success';
  return cardPage(
    props.platform,
    { title: `Back to ${plainName(app.name)}` },
    html`${appHeading(app, html`${success ? 'All set. Back to ' : 'Cancelled. Back to '}${name(app.name)}`)}
<p class="soft">${success ? '' : 'Nothing was shared. '}The app should open by itself.${props.form ? ' If it doesn’t, open it here.' : ' If it doesn’t, switch to it; you can close this page.'}</p>
${props.form ? form(props.form, html`<div class="actions">${button(html`Open ${name(app.name)}`)}</div>`) : ''}`,
  );
}
