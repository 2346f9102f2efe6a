// Messages at the edge of the window. Their code is loaded with the first one.
import type { NotificationData } from '@mantine/notifications';
import { lazy, Suspense } from 'react';
import { createStore } from '../graph/store.ts';

const loadToasts = () => import('./toast-layer.tsx');
const ToastLayer = lazy(async () => ({ default: (await loadToasts()).ToastLayer }));

const wanted = createStore(false);

export function showToast(toast: NotificationData): void {
  wanted.set(true);
  void loadToasts().then(({ notifications }) =>
    notifications.show({ ...toast, closeButtonProps: { 'aria-label': 'Close' } }),
  );
}

/** Shows them; it stands once on a page. */
export function Toasts() {
  return wanted.use() ? (
    <Suspense>
      <ToastLayer />
    </Suspense>
  ) : null;
}
