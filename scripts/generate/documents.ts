// The list of generated documents. To add one: an entry here and a function that makes its text.
import { fidelityPage } from './fidelity.ts';
import { errorPage, invalidationPage, permissionPage, taskPage, tokenKindPage } from './protocol-tables.ts';
import type { GeneratedDocument } from './write.ts';

const protocol = 'packages/protocol/src';

export const documents: readonly GeneratedDocument[] = [
  { path: 'docs/reference/errors.md', source: `${protocol}/errors.ts`, make: errorPage },
  { path: 'docs/reference/permissions.md', source: `${protocol}/permissions.ts`, make: permissionPage },
  { path: 'docs/reference/token-kinds.md', source: `${protocol}/tokens.ts`, make: tokenKindPage },
  { path: 'docs/reference/invalidations.md', source: `${protocol}/invalidations.ts`, make: invalidationPage },
  { path: 'docs/reference/tasks.md', source: `${protocol}/tasks.ts`, make: taskPage },
  { path: 'docs/fidelity.md', source: 'conformance/cases', make: fidelityPage },
];
