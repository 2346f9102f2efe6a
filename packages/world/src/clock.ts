// This clock is the real time of this machine, as protocol time and as the wall that no command moves.
import type { Clock, Wall } from '@hallpass/protocol';

/** The longest interval that a timer of Node can wait, in milliseconds. */
const MOST_MS = 2 ** 31 - 1;

const every = (ms: number, task: () => void): { cancel(): void } => {
  const timer = setInterval(task, Math.min(ms, MOST_MS));
  timer.unref();
  return { cancel: () => clearInterval(timer) };
};

const now = (): number => Math.floor(Date.now() / 1000);

/** Protocol time that is real time. No timer of it keeps the process alive. */
export const realClock: Clock = {
  now,
  every: (seconds, task) => every(seconds * 1000, () => void task()),
  at(moment, task) {
    // A timer reaches 24 days at most, so a later moment is asked for again.
    let timer: NodeJS.Timeout | undefined;
    const wait = (): void => {
      const ms = (moment - now()) * 1000;
      timer = setTimeout(ms > MOST_MS ? wait : () => void task(), Math.max(0, Math.min(ms, MOST_MS)));
      timer.unref();
    };
    wait();
    return { cancel: () => clearTimeout(timer) };
  },
};

export const realWall: Wall = { now, ms: () => performance.now(), every };
