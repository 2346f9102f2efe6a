// The dialog opens in a window of its own and answers through the relay page, which posts to this page's origin. An
// answer counts only from that window, from the relay's origin, and with the name of this very call. Source: section 6.5
// of the protocol reference; RFC 9700, section 4.17.
import type { WireAnswer } from '../session/auth-response.ts';
import { server } from '../page/server.ts';

const [WIDTH, HEIGHT] = [600, 679];
/** Milliseconds between looks whether the person closed the window. */
const LOOK = 100;

/** A name that no other page can guess. */
export const newName = (): string => `f${crypto.randomUUID().replaceAll('-', '')}`;

/** The relay page with the name of a call, for `redirect_uri`. */
function relayFor(name: string): string {
  const fragment = [
    `cb=${name}`,
    `domain=${location.hostname}`,
    'is_canvas=false',
    `origin=${encodeURIComponent(`${location.origin}/${name}`)}`,
    'relation=opener',
    `frame=${name}`,
  ].join('&');
  return `${server.static}/x/connect/xd_arbiter/?version=46#${fragment}`;
}

/** In the middle of the window that it belongs to. */
function placeOf(): string {
  const left = Math.max(0, screenX + (outerWidth - WIDTH) / 2);
  const top = Math.max(0, screenY + (outerHeight - HEIGHT) / 2.5);
  return `popup,width=${WIDTH},height=${HEIGHT},left=${Math.floor(left)},top=${Math.floor(top)}`;
}

/**
 * Must be called while a click is handled: browsers open no window otherwise.
 * @param addressFor the address of the dialog that answers at `relay`
 * @returns the answer; undefined where the window was closed before there was one, or was never opened
 */
export function openDialog(addressFor: (relay: string) => string): Promise<WireAnswer | undefined> {
  const name = newName();
  const opened = window.open(addressFor(relayFor(name)), name, placeOf());
  if (!opened) return Promise.resolve(undefined);
  const relayOrigin = new URL(server.static).origin;
  return new Promise((resolve) => {
    const end = (answer?: WireAnswer): void => {
      clearInterval(looking);
      removeEventListener('message', hear);
      if (answer) opened.close();
      resolve(answer);
    };
    const hear = ({ data, origin, source }: MessageEvent<unknown>): void => {
      if (origin !== relayOrigin || source !== opened || typeof data !== 'string') return;
      const answer = new Map(new URLSearchParams(data));
      if (answer.get('cb') === name) end(answer);
    };
    const looking = setInterval(() => {
      if (opened.closed) end();
    }, LOOK);
    addEventListener('message', hear);
  });
}
