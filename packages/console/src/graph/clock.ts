// This module knows the present moment of the server. An emulator's clock may have been moved, so the browser's own
// isn't asked.
let ahead = 0;

/** @param now epoch seconds that the server has just told */
export function heardNow(now: number): void {
  ahead = now - Date.now() / 1000;
}

/** Epoch seconds. */
export const serverNow = (): number => Math.floor(Date.now() / 1000 + ahead);
