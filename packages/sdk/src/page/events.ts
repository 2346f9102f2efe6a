// Pages subscribe to what happens to the log-in and to buttons. Source: FB.Event.subscribe of the documentation, and
// section 6.5 of the protocol reference for `auth.denied` and `auth.error`.
import { tell, isFunction } from './log.ts';

export type EventName = facebook.FacebookEventType | 'auth.denied' | 'auth.error';
type Subscriber = (message?: unknown) => void;

const subscribers = new Map<string, Set<Subscriber>>();

export function subscribe(event: string, callback: unknown): void {
  if (!isFunction(callback)) return;
  const known = subscribers.get(event) ?? new Set();
  subscribers.set(event, known.add(callback));
}

export function unsubscribe(event: string, callback: unknown): void {
  if (isFunction(callback)) subscribers.get(event)?.delete(callback);
}

/** Tells those who have subscribed before now; one that unsubscribes meanwhile is not told. */
export function fire(event: EventName, message?: unknown): void {
  for (const callback of [...(subscribers.get(event) ?? [])])
    if (subscribers.get(event)?.has(callback)) tell(callback, message);
}
