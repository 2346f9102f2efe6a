// The content of a window can close it by this: a form offers Cancel there.
import { createContext } from 'react';

/** Closes the window around; undefined on a page. */
export const WindowClose = createContext<(() => void) | undefined>(undefined);
