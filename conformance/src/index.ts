// This is the door for the fidelity page and its guard: what the cases say, without running them.
export { cases } from '../cases/index.ts';
export type { Case } from './case.ts';
export { type Coverage, coverageBy } from './coverage.ts';
export { sdkCalls, sdkMoments } from './mobile-sdk-calls.ts';
export { isDocument, type Source, type SourceKey, sources } from './sources.ts';
export { type BrowserKey, placeOf, printsAnswer, statementOf, type StatementKey } from './statements/index.ts';
