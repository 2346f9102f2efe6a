// A list that goes on by itself: each question waits at the server until there is something new, so that a page knows at
// once and asks seldom.
import { useEffect, useState } from 'react';
import { chosenWorld, order } from './order.ts';

/** Seconds for which one question waits. */
const WAIT = 20;
/** Milliseconds before the next question, where one failed. */
const PAUSE = 2000;
/** Rows that the page keeps. */
const MOST = 500;

export interface Live<T> {
  /** Newest first; undefined while nothing was answered. */
  rows: readonly T[] | undefined;
  error: unknown;
  /** Forgets what is shown. */
  clear(): void;
}

/** @param name the key of the list in the answer @param paused what comes meanwhile follows at the end of the pause */
export function useLive<T extends { id: number }>(path: string, name: string, paused = false): Live<T> {
  const world = chosenWorld.use();
  const [shown, setShown] = useState<{ world: string; rows: readonly T[] }>();
  const [error, setError] = useState<unknown>();
  const rows = shown?.world === world ? shown.rows : undefined;
  useEffect(() => {
    if (paused) return;
    const stop = new AbortController();
    void follow<T>(
      { path, name, stop: stop.signal },
      (news) => {
        setError(undefined);
        setShown((before) => {
          const known = before?.world === world ? before.rows : [];
          const fresh = news.filter(({ id }) => !known.some((one) => one.id === id));
          return { world, rows: [...fresh.toReversed(), ...known].slice(0, MOST) };
        });
      },
      setError,
    );
    return () => stop.abort();
  }, [path, name, world, paused]);
  return { rows, error: rows ? undefined : error, clear: () => setShown({ world, rows: [] }) };
}

interface LiveStream {
  path: string;
  name: string;
  stop: AbortSignal;
}

async function follow<T extends { id: number }>(
  { path, name, stop }: LiveStream,
  onNews: (news: readonly T[]) => void,
  onError: (error: unknown) => void,
): Promise<void> {
  for (let after = 0, wait = 0; !stop.aborted; wait = WAIT) {
    try {
      const answer = await order<Readonly<Record<string, readonly T[]>>>('GET', path, { after, wait }, stop);
      const news = answer[name] ?? [];
      after = news.at(-1)?.id ?? after;
      if (news.length > 0 || wait === 0) onNews(news);
    } catch (error) {
      if (stop.aborted) return;
      onError(error);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
