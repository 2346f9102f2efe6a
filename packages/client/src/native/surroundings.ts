// A program that runs on somebody's machine is handed its time, chance and network here: its own clock and the
// generator of the operating system, or the ones that its tests give it.
import type { Fetch } from '../client.ts';

/** Longest delay of one timer of JavaScript, in milliseconds. */
const LONGEST_TIMER = 2_147_483_647;

export interface Surroundings {
  fetch: Fetch;
  /** Milliseconds since 1970, as `Date` has them. */
  now(): number;
  /** `length` unpredictable bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
  /** Resolves after so many milliseconds; rejects with the reason of the signal when that is aborted before. */
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Runs `task` at this moment unless the returned function is called before. It keeps no process alive. */
  at(moment: number, task: () => void): () => void;
}

export const realSurroundings: Surroundings = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  async pause(milliseconds, signal) {
    signal?.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    clearTimeout(timer);
    signal?.throwIfAborted();
  },
  at(moment, task) {
    let timer: NodeJS.Timeout | undefined;
    const wait = (): void => {
      const left = moment - Date.now();
      timer = left <= 0 ? setTimeout(task, 0) : setTimeout(wait, Math.min(left, LONGEST_TIMER));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
};
