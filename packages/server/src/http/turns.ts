// Requests that arrive in one turn of the event loop are answered in step, and their answers are written one after the
// other at the end. The code and data of each step are then still in the processor's caches when the next request needs
// them, and a reader that a write wakes does not take the processor away in between. With 32 connections this halves
// the processor time of a call. A request that comes alone waits for nothing but the end of its turn.

/** More requests than that do not wait for each other, so that the first is not held up by however many others. */
export const MOST_TOGETHER = 64;

/**
 * Bytes of a body beyond which a request is answered by itself. It is a batch or a large form: many of them in step would
 * hold all their items in memory at the same time, and gain nothing, because each has many alike steps of its own.
 */
export const LARGEST_IN_STEP = 1024;

/** Waits for a moment; everything that waits for it goes on in the order in which it came. */
type Meeting = () => Promise<void>;

/** @param atTheMoment calls back when the moment has come */
function meeting(atTheMoment: (goOn: () => void) => void): Meeting {
  let open: PromiseWithResolvers<void> | undefined;
  let waiting = 0;
  return () => {
    if (open === undefined || waiting === MOST_TOGETHER) {
      const opened = Promise.withResolvers<void>();
      open = opened;
      waiting = 0;
      atTheMoment(() => {
        if (open === opened) open = undefined;
        opened.resolve();
      });
    }
    waiting++;
    return open.promise;
  };
}

/** Waits until every request that has arrived by now was read. */
export const allRead: Meeting = meeting(setImmediate);

/** Waits until every call that finds all it needs in memory was answered. */
export const allAnswered: Meeting = meeting(process.nextTick);
