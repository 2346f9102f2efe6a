// Chance comes from the operating system's generator. node:crypto is loaded at its first use: a command that draws nothing
// starts without it.
import type { Random } from '@hallpass/protocol';

let fill: typeof import('node:crypto').randomFillSync | undefined;

export const realRandom: Random = {
  bytes(length) {
    fill ??= process.getBuiltinModule('node:crypto').randomFillSync;
    return fill(new Uint8Array(length));
  },
};
