// A code that is read from one screen and typed on another stands in two halves.

/** `BCDF-GHJK`; other texts stay as they are. */
export const inHalves = (code: string): string =>
  /^[A-Z0-9]{8}$/.test(code) ? `${code.slice(0, 4)}-${code.slice(4)}` : code;
