// Windows belong to the page below them: a person who goes to another page, also by the browser's way back,
// leaves them.
import { confirmQuestion } from '../confirm.tsx';
import { passwordQuestion } from '../confirm-password.tsx';
import { openWindows } from './open-window.ts';

/** Closes every window; an open question is answered with no. */
export function closeWindows(): void {
  passwordQuestion.get()?.answered(false);
  passwordQuestion.set(undefined);
  confirmQuestion.get()?.answered(false);
  confirmQuestion.set(undefined);
  openWindows.set([]);
}
