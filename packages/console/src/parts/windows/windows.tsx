// Windows and questions stand above everything else, once on a page.
import { lazy, Suspense } from 'react';
import { confirmQuestion } from '../confirm.tsx';
import { passwordQuestion } from '../confirm-password.tsx';
import { openWindows } from './open-window.ts';

const WindowLayer = lazy(async () => ({ default: (await import('./window-layer.tsx')).WindowLayer }));

let wasWanted = false;

export function Windows() {
  const wanted = [openWindows.use().length > 0, confirmQuestion.use(), passwordQuestion.use()].some(Boolean);
  // Once there, it stays: a window that closes fades out.
  wasWanted ||= wanted;
  return wasWanted ? (
    <Suspense>
      <WindowLayer />
    </Suspense>
  ) : null;
}
