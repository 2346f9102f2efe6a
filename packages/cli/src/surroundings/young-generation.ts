// V8 doubles the room for new objects whenever many of them stay alive, and does not give it back. Loading a thousand
// modules is such a moment, and makes a process that then waits for calls larger by 30 MB than it need be. Under load the
// room would grow to more than the processor's caches hold: beyond 16 MB for each half of it, calls cost more and not less.
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes of both halves. */
const MOST = 2 * 16 * 1024 * 1024;

/** Keeps the room for new objects as it is, while modules are loaded. */
export function holdYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Lets it grow from now on, as a server under load needs it, until it is large enough. */
export function letYoungGenerationGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (young && young.space_size < MOST) return;
    holdYoungGeneration();
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}
