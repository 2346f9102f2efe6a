// JSON and its shapes as a part of their own, for programs that cannot wait for every table of the protocol at their
// start.
export * from './read-json.ts';
export * as shape from './shape.ts';
export type { OptionalShape, Shape } from './shape.ts';
