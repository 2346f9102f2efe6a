// A script on a page of an app asks, and the browser names the origin of that page. By this header alone it is decided
// whether the page may know anything: what a parameter says about its address counts for nothing (threats WP-07, WP-10).
import type { App } from '../../store/apps/apps.ts';
import { isSdkOrigin } from '../../login/redirect/sdk-origin.ts';
import { redirectAppOf } from '../../login/steps/redirect.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { cookieLines, type SiteRequest } from '../site-request.ts';

/** A page that may use the JavaScript SDK of an app. */
export interface AskingPage {
  app: App;
  origin: string;
}

/** @returns undefined for pages of origins that the app has not listed, and for apps that do not use the SDK */
export function askingPage({ incoming }: SiteRequest, app: App | null): AskingPage | undefined {
  const { origin } = incoming.headers;
  if (origin === undefined || app?.status !== 'active') return undefined;
  const { clientOauthLogin, jsSdkLogin } = app.settings;
  if (!clientOauthLogin || !jsSdkLogin || !isSdkOrigin(origin, redirectAppOf(app))) return undefined;
  return { app, origin };
}

/** The answer to a script: headers alone. A page that may not ask gets none that lets it read them. */
export function toldTo(
  ask: SiteRequest,
  page: AskingPage | undefined,
  headers: Readonly<Record<string, string>>,
): HttpResponse {
  const cookies = cookieLines(ask);
  return {
    status: 200,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      vary: 'Origin',
      ...(page
        ? {
            'access-control-allow-origin': page.origin,
            'access-control-allow-credentials': 'true',
            'access-control-expose-headers': 'fb-s, fb-ar',
          }
        : {}),
      ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
      ...headers,
    },
    body: '',
  };
}
