// A fence stands between the time before a restored backup and the time after it. The database remembers the last one.
import { readJson, shape } from '@hallpass/protocol';

/** Its row in `meta`. */
export const FENCE = 'fence';

export interface FenceRow {
  /** Random: two fences of one backup are not the same. */
  name: string;
  /** Wall time, epoch seconds. */
  at: number;
  /** Protocol time, epoch seconds. */
  clock: number;
}

const fenceShape = shape.object<FenceRow>({ name: shape.text, at: shape.number, clock: shape.number });

export const readFence = (stored: string | undefined): FenceRow | undefined =>
  stored === undefined ? undefined : readJson(fenceShape, stored);

/** Empty where there never was one. */
export const fenceName = (stored: string | undefined): string => readFence(stored)?.name ?? '';
