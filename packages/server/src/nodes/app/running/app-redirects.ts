// This edge tells whether the dialog would answer at an address, asked before anybody is sent there. The steps of the
// dialog decide, and the words are those of its own page, so that the two can't say different things. Ours: the real
// dashboard has such a checker without a call.
import { GraphError } from '@hallpass/protocol';
import { type BlockedWords, blockedReasons } from '@hallpass/pages';
import { demandOnDomains } from '../../../apps/app-rules.ts';
import { checkRegistrable } from '../../../apps/registrable.ts';
import type { Context } from '../../../graph/language/context.ts';
import { param } from '../../../graph/language/params.ts';
import { type Edge, edge } from '../../../graph/language/schema.ts';
import { addressesFor } from '../../../hosts.ts';
import { loginSwitchedOn } from '../../../login/steps/app.ts';
import { redirectAllowed } from '../../../login/steps/redirect.ts';
import type { Block } from '../../../login/visit.ts';
import type { App } from '../../../store/apps/apps.ts';
import { worksOnApp } from '../../shared/app-requirements.ts';

/** Longer than any address that can be registered, so that such a one is answered with its reason. */
const LONGEST = 10_000;

/** Says why the address can't be among the registered ones of the app; undefined where it can be. */
function cannotRegister({ settings }: App, uri: string): string | undefined {
  const verdict = checkRegistrable(uri);
  if (!verdict.ok) return verdict.reason;
  const changed = { redirectUris: [uri] };
  try {
    demandOnDomains({ ...settings, ...changed }, changed);
    return undefined;
  } catch (error) {
    if (error instanceof GraphError) return 'It is not on a domain of app_domains.';
    throw error;
  }
}

function refusal({ reason, detail }: Block) {
  const { title, developer, where }: BlockedWords = blockedReasons[reason];
  return {
    reason,
    title,
    message: developer,
    ...(where === undefined ? {} : { where }),
    ...(detail?.registered === undefined ? {} : { registered: detail.registered, differs: detail.differs }),
    ...(detail?.domain === undefined ? {} : { domain: detail.domain }),
  };
}

function checked({ call, installation }: Context, app: App, uri: string) {
  const request = { redirectUri: uri, responses: [], challenge: undefined };
  const found = redirectAllowed({ app, request, addresses: addressesFor(call.base, installation.settings) });
  const stop = 'target' in found ? loginSwitchedOn({ app, target: found.target }) : found;
  const unfit = cannotRegister(app, uri);
  return {
    redirect_uri: uri,
    allowed: stop === undefined,
    ...('target' in found ? { form: found.target.form } : {}),
    ...(stop ? refusal(stop) : {}),
    can_be_registered: unfit === undefined,
    ...(unfit === undefined ? {} : { why_not: unfit }),
  };
}

export const appRedirects: Edge<App>[] = [
  edge('GET', 'redirect_check', {
    doc: 'Whether the dialog would send people to this address; where not, why, which registered address comes nearest, and what differs.',
    source: 'ours',
    needs: worksOnApp,
    params: {
      redirect_uri: param.text('The address, as redirect_uri would bring it.', { required: true, max: LONGEST }),
    },
    run: async (context, app: App, { redirect_uri: uri }) => checked(context, app, uri),
  }),
];
