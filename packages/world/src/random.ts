// Chance comes from the operating system's generator.
import { randomFillSync } from 'node:crypto';
import type { Random } from '@hallpass/protocol';

export const realRandom: Random = { bytes: (length) => randomFillSync(new Uint8Array(length)) };
