// The JavaScript SDK is one file, the same for every app: what is written into it are the addresses of the server that
// sends it. The relay page is where a dialog that the SDK opened leads.
import { message } from '@hallpass/pages';
import type { HttpResponse } from '../../wire/answer.ts';
import { html, newNonce, notFoundPage, pageProps } from '../answers.ts';
import { compressedFile } from '../compressed.ts';
import type { World } from '../../world.ts';
import type { SiteRequest } from '../site-request.ts';

/** Seconds that a browser keeps the file: a new version of the server is seen soon. */
const KEPT = 1200;
const PLACEHOLDER = '__HALLPASS_SERVER__';

type SdkFiles = NonNullable<World['sdk']>;
type SdkFile = 'script' | 'debug';

/** A server has few addresses; each of its files is written and compressed once. */
const MOST = 16;
const written = new WeakMap<SdkFiles, Map<string, Uint8Array>>();

function writtenFor(files: SdkFiles, file: SdkFile, facts: string): Uint8Array {
  const of = written.get(files) ?? new Map<string, Uint8Array>();
  written.set(files, of);
  const key = `${file} ${facts}`;
  const known = of.get(key);
  if (known) return known;
  const made = Buffer.from(files[file].replace(PLACEHOLDER, () => facts));
  if (of.size >= MOST) of.clear();
  of.set(key, made);
  return made;
}

/** The facts are encoded twice: so they are plain letters, and nothing in them can end the string they are written into. */
function factsOf({ addresses, installation }: SiteRequest): string {
  const { graph, www, static: relay } = addresses;
  const facts = { graph, www, static: relay, name: installation.settings.platformName };
  return btoa(encodeURIComponent(JSON.stringify(facts)));
}

/** `/{locale}/sdk.js` and its other names; `/{locale}/sdk/debug.js` is the same with its names and line breaks. */
export function sdkSent(ask: SiteRequest): HttpResponse {
  const { sdk } = ask.installation.world;
  if (!sdk) return notFoundPage(ask);
  const file = ask.incoming.path.endsWith('/sdk/debug.js') ? 'debug' : 'script';
  return compressedFile(ask, 'text/javascript; charset=utf-8', { body: writtenFor(sdk, file, factsOf(ask)) }, KEPT, {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
}

/**
 * The relay page: its script takes the answer out of the address and posts it to the page that opened the dialog, at the
 * one origin that was checked before anybody was sent here. It sees its opener; nobody may frame it.
 */
export function relayShown(ask: SiteRequest): HttpResponse {
  const { sdk, random } = ask.installation.world;
  if (!sdk) return notFoundPage(ask);
  const nonce = newNonce(random);
  const page = message({ ...pageProps(ask), message: 'done' });
  const script = `<script nonce="${nonce}">${sdk.relay}</script>`;
  return html(
    ask,
    page.replace('</body>', () => `${script}</body>`),
    { dialog: 'unknown', nonce },
  );
}
