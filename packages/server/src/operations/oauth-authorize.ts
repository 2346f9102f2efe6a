// This operation is the dialog under its address of before Graph versions: libraries of that time still send people to
// graph…/oauth/authorize. It leads to the dialog with the same parameters. Sources: nov/fb_graph#204;
// facebook/facebook-android-sdk#23.
import { anyone } from '@hallpass/protocol';
import { Redirect } from '../graph/rendering/redirect.ts';
import { operation } from '../graph/language/schema.ts';
import { addressesFor } from '../hosts.ts';

export const oauthAuthorize = operation('GET', 'oauth/authorize', {
  doc: 'Leads to the dialog, with the parameters that came.',
  needs: anyone,
  ownCredentials: true,
  async run({ call, installation }) {
    const { www } = addressesFor(call.base, installation.settings);
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(call.params))
      if (typeof value === 'string' && !secrets.has(name)) query.set(name, value);
    return new Redirect(
      `${www}${call.versioned ? `/${call.version}` : ''}/dialog/oauth?${query}`,
      'text/html; charset=utf-8',
    );
  },
});

/** Nothing secret is repeated in an address. */
const secrets: ReadonlySet<string> = new Set(['client_secret', 'access_token', 'code', 'code_verifier']);
