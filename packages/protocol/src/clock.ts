// Time and chance come in by one door: whoever needs either is handed one of these.
// Protocol time (expiry, lifetimes) may be moved by the emulator; see docs/architecture.md, "Time and chance".

/** A timer that can be taken back. */
export interface Timer {
  cancel(): void;
}

/** Source of time. All moments are whole seconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  /** The present moment in epoch seconds. */
  now(): number;
  /** Runs `task` every `seconds`, first after one interval. A moved clock runs every tick it passes, in order. */
  every(seconds: number, task: () => void | Promise<void>): Timer;
  /** Runs `task` once at `moment` (epoch seconds), at once when that is past. */
  at(moment: number, task: () => void | Promise<void>): Timer;
}

/** Real time that never moves by command: leases, time-outs, freshness. */
export interface Wall {
  /** Epoch seconds. */
  now(): number;
  /** Monotonic milliseconds. */
  ms(): number;
  /** Runs `task` every `ms` milliseconds, first after one interval. */
  every(ms: number, task: () => void): Timer;
}

/** Resolves after `ms` milliseconds of real time. */
export function pause(wall: Pick<Wall, 'every'>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = wall.every(ms, () => {
      timer.cancel();
      resolve();
    });
  });
}

/** Source of chance, from the operating system's generator outside tests. */
export interface Random {
  /** `length` unpredictable bytes. */
  bytes(length: number): Uint8Array;
}

/** `length` unpredictable bytes as hexadecimal digits, two for each: a name that nobody else has or guesses. */
export const randomHex = (random: Random, length: number): string =>
  Array.from(random.bytes(length), (byte) => byte.toString(16).padStart(2, '0')).join('');

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;
