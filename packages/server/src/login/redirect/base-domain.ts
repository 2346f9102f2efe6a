// The JavaScript SDK sets cookies for a whole domain where the app has said in its App Domains that it is its own.
import type { App } from '../../store/apps/apps.ts';

/** @returns `.example.com` for a page of `shop.example.com`; undefined where cookies are for the host of the page alone */
export function baseDomain({ settings }: Pick<App, 'settings'>, origin: string): string | undefined {
  const host = URL.parse(origin)?.hostname ?? '';
  const domain = settings.appDomains.find((one) => one.includes('.') && (host === one || host.endsWith(`.${one}`)));
  return domain === undefined ? undefined : `.${domain}`;
}
