// The door for the fidelity page: what the cases say, without running them.
export { cases } from '../cases/index.ts';
export type { Case } from './case.ts';
export { type Source, type SourceKey, sources } from './sources.ts';
