// Windows above the page. Their code is loaded when the first one opens.
import type { ReactNode } from 'react';
import { createStore } from '../../graph/store.ts';

export interface PageWindow {
  title: string;
  size?: 'md' | 'lg' | 'xl';
  children: ReactNode;
}

export interface OpenWindow extends PageWindow {
  id: number;
  close(): void;
}

/** The open windows, the one on top last. */
export const openWindows = createStore<readonly OpenWindow[]>([]);

let nextId = 1;

/** Opens a window on top of the others. @returns a function that closes it */
export function openWindow(window: PageWindow): () => void {
  const id = nextId++;
  const close = () => openWindows.set(openWindows.get().filter((one) => one.id !== id));
  openWindows.set([...openWindows.get(), { ...window, id, close }]);
  return close;
}
