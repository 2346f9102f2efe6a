// The holder's side of access tokens: their kinds, what is to be done when, their state, and a watch over a list.
export * from './kinds.ts';
export * from './policy.ts';
export * from './states.ts';
export * from './watch/look.ts';
export * from './watch/watch.ts';
export * from './watch/watch-list.ts';
