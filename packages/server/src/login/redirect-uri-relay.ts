// Rule 6 of the redirect rules: the browser SDK's relay page, the only address with a fragment. The relay posts to the one
// origin named in it, so that origin must be one the app listed.
import { allow, deny, type RedirectVerdict } from './redirect-uri-verdict.ts';

const keys = ['cb', 'domain', 'is_canvas', 'origin', 'relation', 'frame'] as const;
const versionForm = /^\?version=\d{1,4}$/;
const originForm = /^(https:\/\/([a-z0-9.-]+))\/[A-Za-z0-9_.-]+$/;

/** Decides about an address below `<static>/x/connect/`. */
export function relayVerdict(requested: string, sdkDomains: readonly string[], staticUrl: string): RedirectVerdict {
  const page = `${staticUrl}/x/connect/xd_arbiter/`;
  const hash = requested.indexOf('#');
  if (!requested.startsWith(page) || hash < 0) return deny('relay', 'not the relay page with its parameters');
  if (!versionForm.test(requested.slice(page.length, hash))) return deny('relay', 'the relay takes no query but its version');
  const values = readFragment(requested.slice(hash + 1));
  if (!values) return deny('relay', 'relay parameters missing, repeated, unknown or badly encoded');
  if (values.relation !== 'opener' && values.relation !== 'parent') return deny('relay', 'relation is neither opener nor parent');
  const [, origin = '', host = ''] = originForm.exec(values.origin) ?? [];
  if (!sdkDomains.includes(host)) return deny('relay', 'origin is not an https origin of an allowed domain');
  if (values.domain !== host) return deny('relay', 'domain and origin disagree');
  return { ...allow('relay', 'allowed domain'), origin };
}

/** Each key once, spelled plainly, its value decoded once. */
function readFragment(text: string): Record<(typeof keys)[number], string> | undefined {
  const values = new Map<string, string>();
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const key = pair.slice(0, Math.max(equals, 0));
    const value = decoded(pair.slice(equals + 1));
    if (!(keys as readonly string[]).includes(key) || values.has(key) || value === undefined) return undefined;
    values.set(key, value);
  }
  return values.size === keys.length ? (Object.fromEntries(values) as Record<(typeof keys)[number], string>) : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
