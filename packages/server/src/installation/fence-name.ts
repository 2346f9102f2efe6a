// A fence stands between the time before a restored backup and the time after it. The database remembers the last one.

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

export const readFence = (stored: string | undefined): FenceRow | undefined =>
  stored === undefined ? undefined : (JSON.parse(stored) as FenceRow);

/** Empty where there never was one. */
export const fenceName = (stored: string | undefined): string => readFence(stored)?.name ?? '';
