// This step is about the address: checked before anything is shown, and again at every request of the dialog (invariant
// I-5).
import { isExplorerReturn } from '../../codes/explorer.ts';
import type { App } from '../../store/apps/apps.ts';
import { addressDetail, domainDetail } from '../block-detail.ts';
import type { DialogRequest } from '../request.ts';
import { type RedirectForm, redirectVerdict } from '../redirect/redirect-uri.ts';
import type { RedirectApp } from '../redirect/redirect-app.ts';
import { isSdkOrigin } from '../redirect/sdk-origin.ts';
import type { Block, BlockReason, Findings, VisitWith } from '../visit.ts';

/** Collects the facts about an app that the redirect rules look at. */
export function redirectAppOf(app: App): RedirectApp {
  const { settings } = app;
  return {
    id: app.id,
    mode: app.mode,
    type: app.type,
    registered: settings.redirectUris,
    embeddedBrowserLogin: settings.embeddedBrowserLogin,
    enforceHttps: settings.enforceHttps,
    nativeLogin: settings.nativeLogin,
    iosSuffixes: settings.iosSuffixes,
    androidPackages: settings.androidPackages,
    sdkDomains: settings.sdkDomains,
  };
}

/**
 * An address is decided about with this: less than a whole visit, so that the dashboard can ask before anybody comes.
 */
interface AddressRequest {
  app: App;
  request: Pick<DialogRequest, 'redirectUri' | 'responses' | 'challenge' | 'fromSdk'>;
  addresses: VisitWith<'app'>['addresses'];
}

export function redirectAllowed({ request, app, addresses }: AddressRequest): Block | Pick<Findings, 'target'> {
  if (request.redirectUri === undefined) return { is: 'blocked', reason: 'redirect_uri_missing' };
  if (isExplorerReturn(request, addresses.www)) return { target: { uri: request.redirectUri, form: 'explorer' } };
  const verdict = redirectVerdict(request.redirectUri, redirectAppOf(app), {
    wwwUrl: addresses.www,
    staticUrl: addresses.static,
  });
  if (!verdict.allow) {
    const reason = deniedReason(request.redirectUri, verdict.form, app);
    const detail =
      reason === 'domain_not_listed'
        ? domainDetail(request.redirectUri)
        : addressDetail(request.redirectUri, app.settings.redirectUris);
    return { is: 'blocked', reason, detail };
  }
  const sdkOrigin = verdict.origin ?? (request.fromSdk ? sdkOriginOf(request.redirectUri, app) : undefined);
  return { target: { uri: request.redirectUri, form: verdict.form, sdkOrigin } };
}

/** The page itself, where it comes back from a dialog that it left for: only its own origin may hear of the log-in. */
function sdkOriginOf(uri: string, app: App): string | undefined {
  const origin = URL.parse(uri)?.origin;
  const isAllowed = origin !== undefined && app.settings.jsSdkLogin && isSdkOrigin(origin, redirectAppOf(app));
  return isAllowed ? origin : undefined;
}

/** Says why the address is denied if it has a setting of its own. */
function deniedReason(uri: string, form: RedirectForm, { settings }: App): BlockReason {
  if (form === 'desktop') return 'embedded_login_off';
  if (form === 'relay') return 'domain_not_listed';
  return uri.startsWith('http:') && settings.redirectUris.includes(uri) ? 'https_required' : 'redirect_uri';
}
